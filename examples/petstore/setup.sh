#!/usr/bin/env bash
# Makes the pet store on a running gateway: the service "petstore" on the backend
# of your choice, five endpoints, and three pets. May be repeated, also with
# another backend.
#
#   ./setup.sh sqlite|postgres|mysql|minio|s3|local|ftp|ftps|sftp|folder
#
# Where things are is said by environment variables; these are the defaults:
#
#   GATEWAY_ADMIN_URL=http://127.0.0.1:9081   GATEWAY_URL=http://127.0.0.1:9080
#   GATEWAY_ADMIN_KEY=  what $GATEWAY_DATA/admin.key holds; GATEWAY_DATA=../../data
#
#   POSTGRES_HOST=localhost POSTGRES_PORT=5432 POSTGRES_DATABASE=petstore POSTGRES_USERNAME=postgres POSTGRES_PASSWORD=
#   MYSQL_HOST=localhost MYSQL_PORT=3306 MYSQL_DATABASE=petstore MYSQL_USERNAME=root MYSQL_PASSWORD=
#   S3_ENDPOINT=localhost:9000 S3_ACCESS_KEY=minioadmin S3_SECRET_KEY=minioadmin S3_BUCKET=petstore S3_USE_SSL=false
#   FTP_HOST=localhost FTP_PORT=21 FTP_USERNAME=ftp FTP_PASSWORD= FTP_BASE_PATH=petstore TLS_CA=
#   SFTP_HOST=localhost SFTP_PORT=22 SFTP_USERNAME=$USER SFTP_PASSWORD= SFTP_KEY= SFTP_HOST_KEY= SFTP_BASE_PATH=petstore
#
# SFTP_KEY and SFTP_HOST_KEY are files: your private key, and the server's public one.
# The SQL backends read schema.sql from this folder, so the gateway must run on
# this machine.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
backend=${1:-sqlite}
admin=${GATEWAY_ADMIN_URL:-http://127.0.0.1:9081}
public=${GATEWAY_URL:-http://127.0.0.1:9080}

fail() { echo "setup.sh: $*" >&2; exit 1; }

key=${GATEWAY_ADMIN_KEY:-}
if [ -z "$key" ]; then
  file=${GATEWAY_DATA:-$here/../../data}/admin.key
  [ -r "$file" ] || fail "no admin key: set GATEWAY_ADMIN_KEY, or GATEWAY_DATA to the gateway's data folder"
  key=$(<"$file")
fi

# json writes its input, or its arguments, as a JSON text.
json() {
  if [ $# -gt 0 ]; then printf '%s' "$*"; else cat; fi |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\t/\\t/g' -e 's/\r/\\r/g' |
    awk 'BEGIN { printf "\"" } NR > 1 { printf "\\n" } { printf "%s", $0 } END { printf "\"" }'
}

# api METHOD PATH [BODY] calls the admin API. The answer is in $answer, its status in
# $status. The key goes through a pipe: arguments can be seen by everybody.
api() {
  local out
  out=$(printf '%s' "${3:-}" | curl --silent --show-error --request "$1" --config <(printf 'header = "api-key: %s"\n' "$key") \
    --header 'Content-Type: application/json' --data-binary @- --write-out '\n%{http_code}' "$admin$2") || fail "cannot reach the admin API at $admin"
  status=${out##*$'\n'}
  answer=${out%$'\n'*}
}

# --- the service ----------------------------------------------------------

ftp_config() { # PROTOCOL
  printf '{"host": %s, "port": %s, "protocol": "%s", "username": %s, "password": %s, "base_path": %s%s}' \
    "$(json "${FTP_HOST:-localhost}")" "${FTP_PORT:-21}" "$1" "$(json "${FTP_USERNAME:-ftp}")" "$(json "${FTP_PASSWORD:-}")" \
    "$(json "${FTP_BASE_PATH:-petstore}")" "$([ "$1" = ftp ] || [ -z "${TLS_CA:-}" ] || printf ', "ssl_root_cert": %s' "$(json "$TLS_CA")")"
}

case $backend in
  sqlite)
    type=sqlite
    config=$(printf '{"path": "petstore.db", "migrations": %s}' "$(json "$here")") ;;
  postgres)
    type=postgres
    config=$(printf '{"host": %s, "port": %s, "database": %s, "username": %s, "password": %s, "migrations": %s}' \
      "$(json "${POSTGRES_HOST:-localhost}")" "${POSTGRES_PORT:-5432}" "$(json "${POSTGRES_DATABASE:-petstore}")" \
      "$(json "${POSTGRES_USERNAME:-postgres}")" "$(json "${POSTGRES_PASSWORD:-}")" "$(json "$here")") ;;
  mysql)
    type=mysql
    config=$(printf '{"host": %s, "port": %s, "database": %s, "username": %s, "password": %s, "migrations": %s}' \
      "$(json "${MYSQL_HOST:-localhost}")" "${MYSQL_PORT:-3306}" "$(json "${MYSQL_DATABASE:-petstore}")" \
      "$(json "${MYSQL_USERNAME:-root}")" "$(json "${MYSQL_PASSWORD:-}")" "$(json "$here")") ;;
  minio | s3)
    type=minio # s3 is the same with the defaults of Amazon's servers
    config=$(printf '{"endpoint": %s, "access_key": %s, "secret_key": %s, "bucket": %s, "use_ssl": %s}' \
      "$(json "${S3_ENDPOINT:-localhost:9000}")" "$(json "${S3_ACCESS_KEY:-minioadmin}")" "$(json "${S3_SECRET_KEY:-minioadmin}")" \
      "$(json "${S3_BUCKET:-petstore}")" "${S3_USE_SSL:-false}") ;;
  local)
    type=local config='{"path": "petstore-objects"}' ;;
  folder)
    type=folder config='{"path": "petstore-files"}' ;;
  ftp | ftps)
    type=ftp config=$(ftp_config "$backend") ;;
  sftp)
    type=ftp
    login=$(printf '"password": %s' "$(json "${SFTP_PASSWORD:-}")")
    [ -z "${SFTP_KEY:-}" ] || login=$(printf '"private_key_path": %s' "$(json "$SFTP_KEY")")
    [ -z "${SFTP_HOST_KEY:-}" ] || login+=$(printf ', "host_key": %s' "$(json <"$SFTP_HOST_KEY")")
    config=$(printf '{"host": %s, "port": %s, "protocol": "sftp", "username": %s, "base_path": %s, %s}' \
      "$(json "${SFTP_HOST:-localhost}")" "${SFTP_PORT:-22}" "$(json "${SFTP_USERNAME:-$USER}")" \
      "$(json "${SFTP_BASE_PATH:-petstore}")" "$login") ;;
  *) fail "unknown backend $backend: want sqlite, postgres, mysql, minio, s3, local, ftp, ftps, sftp or folder" ;;
esac

service=$(printf '{"name": "petstore", "service_type": "%s", "config": %s, "enabled": true}' "$type" "$config")
api GET /api/services/petstore
if [ "$status" = 200 ] && [[ $answer == *"\"service_type\":\"$type\""* ]]; then
  api PUT /api/services/petstore "$service"
else
  [ "$status" = 404 ] || api DELETE /api/services/petstore # of another type
  api POST /api/services "$service"
fi
[[ $status == 2* ]] || fail "cannot make the service: $answer"
api POST /api/services/petstore/activate
[[ $status == 2* ]] || fail "the service does not start: $answer"
[[ $answer == *'"state":"active"'* ]] || fail "the service does not reach its backend: $answer"
echo "service petstore is on $backend"

# --- the endpoints --------------------------------------------------------

deploy() { # FOLDER METHOD PATH
  api POST /api/deploy "$(printf '{"name": "petstore-%s", "method": "%s", "path": "%s", "code": %s}' \
    "$1" "$2" "$3" "$(json <"$here/handlers/$1/handler.go")")"
  [[ $status == 2* ]] || fail "cannot deploy $1: $answer"
  echo "deployed $2 $3"
}

deploy list_pets GET /pets
deploy create_pet POST /pets
deploy get_pet GET '/pets/{petId}'
deploy update_pet PUT '/pets/{petId}'
deploy delete_pet DELETE '/pets/{petId}'

# --- the pets -------------------------------------------------------------

for file in "$here"/seed/*.json; do
  status=$(curl --silent --show-error --output /dev/null --write-out '%{http_code}' \
    --header 'Content-Type: application/json' --data-binary "@$file" "$public/pets") || fail "cannot reach the gateway at $public"
  case $status in
    201) echo "added $(basename "$file" .json)" ;;
    409) echo "kept $(basename "$file" .json)" ;;
    *) fail "adding $(basename "$file" .json) gave $status" ;;
  esac
done

echo "the pet store is open: curl $public/pets"
