

totalRecord=5.0;totalPage = 5;dataStore = ["<li><a href='/art/2021/1/12/art_47_48.html' title='凌州市水务局2020年政府信息公开工作年度报告'>凌州市水务局2020年政府信息…</a><span>2021-01-12</span></li>","<li><a href='/art/2020/1/12/art_47_47.html' title='凌州市水务局2019年政府信息公开工作年度报告'>凌州市水务局2019年政府信息…</a><span>2020-01-12</span></li>"]