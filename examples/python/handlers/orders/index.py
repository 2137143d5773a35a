from lib.prices import total

ORDERS = {'7': {'tea': 2, 'cake': 1}}


def handler(event, context):
    print(f"order {event['orderId']} for {context.function_name}")
    lines = ORDERS.get(event['orderId'])
    if lines is None:
        raise LookupError(f"No order {event['orderId']}")
    return {'id': event['orderId'], 'lines': lines, 'cents': total(lines)}
