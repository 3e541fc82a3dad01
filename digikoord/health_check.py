"""`python -m digikoord.health_check`: asks this container's web whether it is well, as the proxy would."""

import http.client
import os
import sys

if __name__ == "__main__":
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    connection.request("GET", "/halsa/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    sys.exit(connection.getresponse().status != http.client.OK)
