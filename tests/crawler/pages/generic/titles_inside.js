

﻿

result({
 "page": 1,
 "data": [
  {
   "MetaDataId": "51",
   "puburl": "http://swj.lingzhou.example/nb/202401/t20240112_51.html",
   "tip": {
    "title": "凌州市水务局2023年政府信息公开工作年度报告",
    "dates": "2024年01月12日",
    "filenum": ""
   }
  },
  {
   "MetaDataId": "50",
   "puburl": "http://swj.lingzhou.example/nb/202301/t20230113_50.html",
   "tip": {
    "title": "凌州市水务局2022年政府信息公开工作年度报告",
    "dates": "2023年01月13日",
    "filenum": ""
   }
  }
 ]
});
