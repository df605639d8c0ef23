"""The families of site software that the example municipality runs on, a module each."""
