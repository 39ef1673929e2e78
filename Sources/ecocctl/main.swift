print("ecocctl")
