PRICES = {'tea': 250, 'cake': 420}


def total(lines):
    return sum(PRICES[name] * count for name, count in lines.items())
