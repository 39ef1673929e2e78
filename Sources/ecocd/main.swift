print("ecocd")
