print("codira")
