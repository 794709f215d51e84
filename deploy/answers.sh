#!/usr/bin/env bash
# Whether the node on this machine answers PATH with 200, for health checks where there is no curl:  answers.sh /health/live [PORT]
exec 3<>"/dev/tcp/127.0.0.1/${2:-8080}" && printf 'GET %s HTTP/1.0\r\n\r\n' "${1:?a path}" >&3 && IFS= read -r line <&3 && [[ $line == *' 200 '* ]]
