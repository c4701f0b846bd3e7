#!/bin/bash
# Real backend servers on the loopback interface, for the integration tests.
#
#   services.sh install|start|stop|restart|status|clean|env [SERVICE...]
#
# Services: postgres mariadb redis memcached s3 ftp sftp smtp (all of them where
# none is named). start installs what is missing; every command may be repeated.
# Everything the servers write is below $SERVICES_DIR, which stop leaves in place
# and clean removes. env prints where the servers are, for
#
#   set -a; eval "$(integration/services.sh env)"; set +a
#
# Needs Debian 12, and root to install packages and to run servers as their users.
set -u

DIR=${SERVICES_DIR:-/var/tmp/gateway-services} # every folder above must be o+x
BIN=$DIR/bin
ALL="postgres mariadb redis memcached s3 ftp sftp smtp"
USERNAME=app
PASSWORD='s3cr&t pass/word'   # has what URLs and shells would have to quote
SFTP_USER=gwsftp
S3_SERVER=github.com/versity/versitygw/cmd/versitygw@v1.8.0
export PATH=$BIN:$PATH:/usr/sbin DEBIAN_FRONTEND=noninteractive

fail() { echo "services.sh: $*" >&2; exit 1; }

# --- installing -----------------------------------------------------------

packages() {
  case $1 in
    postgres)  echo postgresql ;;
    mariadb)   echo mariadb-server ;;
    redis)     echo redis-server ;;
    memcached) echo memcached ;;
    s3)        ;;
    ftp)       echo proftpd-core proftpd-mod-crypto ;;
    sftp)      echo openssh-server ;;
    smtp)      echo postfix sasl2-bin libsasl2-modules ;;
    *)         fail "unknown service $1; known are $ALL" ;;
  esac
}

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

install_services() {
  local service package missing=()
  for service in "$@"; do
    for package in $(packages "$service") openssl curl; do
      installed "$package" || missing+=("$package")
    done
  done
  if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || fail "only root can install ${missing[*]}"
    # The packages must not start their own daemons on the usual ports.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod 755 /usr/sbin/policy-rc.d
    fi
    local apt="apt-get -o DPkg::Lock::Timeout=300"
    $apt update -qq && $apt install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || fail "cannot install ${missing[*]}"
  fi
  case " $* " in *" s3 "*)
    [ -x "$BIN/versitygw" ] || GOBIN=$BIN GOFLAGS= go install "$S3_SERVER" || fail "cannot install $S3_SERVER" ;;
  esac
}

# --- certificates ---------------------------------------------------------

# ca.crt signs server.crt (localhost, 127.0.0.1); other-ca.crt signs nothing.
make_certificates() {
  [ -f "$DIR/tls/done" ] && return
  mkdir -p "$DIR/tls" && cd "$DIR/tls" || exit 1
  local name
  for name in ca other-ca; do
    openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.crt -days 365 -subj /CN=$name \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null || exit 1
  done
  openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost 2>/dev/null || exit 1
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >server.ext
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out server.crt -days 365 -extfile server.ext 2>/dev/null || exit 1
  touch done
}

# certificate_for USER FOLDER puts the server's certificate where its user may read it.
certificate_for() {
  mkdir -p "$2" && cp "$DIR/tls/server.crt" "$DIR/tls/server.key" "$DIR/tls/ca.crt" "$2/" || exit 1
  if [ "$(id -u)" = 0 ]; then chown "$1" "$2" "$2"/*; fi
  chmod 600 "$2/server.key"
}

# --- processes ------------------------------------------------------------

# as USER COMMAND... runs a command as a user where that is possible.
as() {
  local user=$1; shift
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups "$@"
  else
    "$@"
  fi
}

# background SERVICE COMMAND... starts a server that outlives this script.
background() {
  local service=$1; shift
  (exec setsid "$@") </dev/null >"$DIR/$service.log" 2>&1 &
  echo $! >"$DIR/$service.pid"
}

# alive SERVICE: its process exists and is not a zombie nobody has reaped.
alive() {
  local stat
  [ -f "$DIR/$1.pid" ] && stat=$(sed 's/.*) //' "/proc/$(<"$DIR/$1.pid")/stat" 2>/dev/null) && [ "${stat%% *}" != Z ]
}

# await SERVICE PROBE... waits until the probe succeeds, half a minute at most.
await() {
  local service=$1 i; shift
  for ((i = 0; i < 600; i++)); do
    "$@" >/dev/null 2>&1 && return 0
    alive "$service" || break
    sleep 0.05
  done
  echo "$service did not start:" >&2
  tail -n 20 "$DIR/$service.log" >&2
  return 1
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

stop_service() {
  local service=$1 pid i signal=TERM
  [ "$service" = postgres ] && signal=INT # does not wait for clients
  alive "$service" || { rm -f "$DIR/$service.pid"; return 0; }
  pid=$(<"$DIR/$service.pid")
  kill -$signal "$pid" 2>/dev/null
  for ((i = 0; i < 300; i++)); do
    alive "$service" || { rm -f "$DIR/$service.pid"; return 0; }
    sleep 0.05
  done
  echo "$service: did not stop, killed" >&2
  kill -KILL "$pid" 2>/dev/null
  rm -f "$DIR/$service.pid"
}

# --- the servers ----------------------------------------------------------

start_postgres() {
  local data=$DIR/postgres bin
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1) # of the newest version
  if [ ! -f "$data/PG_VERSION" ]; then
    rm -rf "$data" && mkdir -p "$data" && chmod 700 "$data" && printf %s "$PASSWORD" >"$DIR/postgres.password"
    if [ "$(id -u)" = 0 ]; then chown postgres "$data" "$DIR/postgres.password"; fi
    as postgres "$bin/initdb" -D "$data" -U $USERNAME --auth=scram-sha-256 --pwfile="$DIR/postgres.password" \
      -N -E UTF8 --locale=C.UTF-8 >"$DIR/postgres-init.log" 2>&1 || { tail "$DIR/postgres-init.log" >&2; return 1; }
    rm -f "$DIR/postgres.password"
  fi
  certificate_for postgres "$DIR/postgres-tls"
  background postgres $(run_as postgres) "$bin/postgres" -D "$data" -p 15432 -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$data" -c ssl=on -c ssl_cert_file="$DIR/postgres-tls/server.crt" -c ssl_key_file="$DIR/postgres-tls/server.key" \
    -c max_connections=60 -c fsync=off -c full_page_writes=off -c synchronous_commit=off
  await postgres "$bin/pg_isready" -q -h 127.0.0.1 -p 15432 || return 1
  PGPASSWORD=$PASSWORD psql -h 127.0.0.1 -p 15432 -U $USERNAME -d postgres -qAtc "SELECT 1 FROM pg_database WHERE datname = 'app'" | grep -q 1 ||
    PGPASSWORD=$PASSWORD psql -h 127.0.0.1 -p 15432 -U $USERNAME -d postgres -qc "CREATE DATABASE app"
}

# run_as USER prints the command prefix that changes to a user and execs.
run_as() {
  [ "$(id -u)" = 0 ] && echo "setpriv --reuid=$1 --regid=$(id -g "$1") --init-groups"
}

start_mariadb() {
  local data=$DIR/mariadb socket=$DIR/mariadb/server.sock fresh=
  if [ ! -d "$data/mysql" ]; then
    fresh=1
    rm -rf "$data"
    mariadb-install-db --no-defaults --user=mysql --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
      >"$DIR/mariadb-init.log" 2>&1 || { tail "$DIR/mariadb-init.log" >&2; return 1; }
  fi
  certificate_for mysql "$DIR/mariadb-tls"
  background mariadb mariadbd --no-defaults --user=mysql --datadir="$data" --bind-address=127.0.0.1 --port=13306 --socket="$socket" \
    --pid-file="$data/server.pid" --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 --character-set-server=utf8mb4 \
    --skip-name-resolve --max-connections=60 \
    --ssl-cert="$DIR/mariadb-tls/server.crt" --ssl-key="$DIR/mariadb-tls/server.key" --ssl-ca="$DIR/mariadb-tls/ca.crt"
  await mariadb mariadb-admin --no-defaults -S "$socket" -uroot ping || return 1
  [ -z "$fresh" ] || mariadb --no-defaults -S "$socket" -uroot -e \
    "CREATE DATABASE app; CREATE USER $USERNAME@'127.0.0.1' IDENTIFIED BY '$PASSWORD'; GRANT ALL ON *.* TO $USERNAME@'127.0.0.1'"
}

start_redis() {
  cat >"$DIR/redis.conf" <<END
bind 127.0.0.1
port 16379
tls-port 16380
tls-cert-file $DIR/tls/server.crt
tls-key-file $DIR/tls/server.key
tls-ca-cert-file $DIR/tls/ca.crt
tls-auth-clients no
dir $DIR
save ""
appendonly no
user default off
user $USERNAME on #$(printf %s "$PASSWORD" | sha256sum | cut -d' ' -f1) ~* &* +@all
END
  chmod 600 "$DIR/redis.conf"
  background redis redis-server "$DIR/redis.conf"
  await redis env REDISCLI_AUTH="$PASSWORD" redis-cli -p 16379 --user $USERNAME --no-auth-warning get x
}

start_memcached() {
  background memcached memcached $([ "$(id -u)" = 0 ] && echo "-u nobody") -l 127.0.0.1 -p 11311 -U 0 -m 64
  await memcached listens 11311
}

start_s3() {
  mkdir -p "$DIR/s3"
  ROOT_ACCESS_KEY=testkey ROOT_SECRET_KEY=$PASSWORD background s3 "$BIN/versitygw" --port 127.0.0.1:19000 posix "$DIR/s3"
  await s3 listens 19000
}

# Plain FTP and explicit TLS on 12121, implicit TLS on 12990. Its users are in a
# file of its own.
start_ftp() {
  local dir=$DIR/ftp
  mkdir -p "$dir/data" && chown nobody:nogroup "$dir/data"
  rm -f "$dir/passwd"
  printf %s "$PASSWORD" | ftpasswd --passwd --stdin --name=$USERNAME --uid=65534 --gid=65534 --home="$dir/data" \
    --shell=/bin/false --file="$dir/passwd" --sha512 >/dev/null 2>&1
  cat >"$dir/proftpd.conf" <<END
ServerType standalone
ServerName test
DefaultAddress 127.0.0.1
SocketBindTight on
UseIPv6 off
Port 12121
User nobody
Group nogroup
PidFile $dir/pid
ScoreboardFile $dir/scoreboard
SystemLog $dir/system.log
ModulePath /usr/lib/proftpd
LoadModule mod_tls.c
UseReverseDNS off
PassivePorts 12130 12189
<Global>
TransferLog none
WtmpLog off
RequireValidShell off
AuthPAM off
AuthOrder mod_auth_file.c
AuthUserFile $dir/passwd
DefaultRoot ~
AllowOverwrite on
AllowStoreRestart on
PassivePorts 12130 12189
DelayEngine off
TLSEngine on
TLSRequired off
TLSLog $dir/tls.log
TLSRSACertificateFile $DIR/tls/server.crt
TLSRSACertificateKeyFile $DIR/tls/server.key
TLSOptions NoSessionReuseRequired
</Global>
<VirtualHost 127.0.0.1>
Port 12990
TLSOptions NoSessionReuseRequired UseImplicitSSL
</VirtualHost>
END
  background ftp proftpd -n -c "$dir/proftpd.conf"
  await ftp listens 12990
}

# No chroot: sshd wants every folder above one to be root's alone.
start_sftp() {
  local dir=$DIR/sftp key
  id $SFTP_USER >/dev/null 2>&1 || useradd --system -M -d / -s /bin/sh $SFTP_USER || return 1
  echo "$SFTP_USER:$PASSWORD" | chpasswd
  mkdir -p "$dir/data" /run/sshd && chown $SFTP_USER "$dir/data"
  for key in host client; do
    [ -f "$dir/$key" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/$key"
  done
  [ -f "$dir/client-locked" ] || ssh-keygen -q -t ed25519 -N "$PASSWORD" -f "$dir/client-locked"
  cat "$dir/client.pub" "$dir/client-locked.pub" >"$dir/authorized_keys"
  cat >"$dir/sshd_config" <<END
Port 12222
ListenAddress 127.0.0.1
HostKey $dir/host
PidFile none
AuthorizedKeysFile $dir/authorized_keys
UsePAM no
StrictModes no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AllowUsers $SFTP_USER
MaxStartups 100
UseDNS no
Subsystem sftp internal-sftp
ForceCommand internal-sftp -d $dir/data
AllowTcpForwarding no
X11Forwarding no
END
  background sftp /usr/sbin/sshd -D -e -f "$dir/sshd_config"
  await sftp listens 12222
}

# 11025: plain or STARTTLS, login possible after TLS. 11026: STARTTLS and login
# wanted. 11465: TLS from the start and login wanted. All mail, whoever it is for,
# lands in smtp/mail/box/new.
start_smtp() {
  local dir=$DIR/smtp etc=$DIR/smtp/etc
  mkdir -p "$etc/sasl" "$dir"/{spool,lib,mail}
  chown postfix "$dir/lib"; chown nobody:nogroup "$dir/mail"
  echo '/./ ok' >"$etc/all"
  cat >"$etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $dir/spool
data_directory = $dir/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
maillog_file = $dir/maillog
maillog_file_prefixes = $DIR
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
biff = no
virtual_mailbox_domains = regexp:$etc/all
virtual_mailbox_maps = static:box/
virtual_mailbox_base = $dir/mail
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
default_transport = error:no outside mail
smtpd_tls_cert_file = $DIR/tls/server.crt
smtpd_tls_key_file = $DIR/tls/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = $etc/sasl
smtpd_sasl_local_domain = localhost
END
  cat >"$etc/sasl/smtpd.conf" <<END
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: $etc/sasl/db
END
  printf %s "$PASSWORD" | saslpasswd2 -p -c -f "$etc/sasl/db" -u localhost $USERNAME
  chown postfix "$etc/sasl/db"; chmod 600 "$etc/sasl/db"
  local login="-o smtpd_sasl_auth_enable=yes" must="-o smtpd_client_restrictions=permit_sasl_authenticated,reject"
  {
    echo "11025 inet n - n - - smtpd $login"
    echo "11026 inet n - n - - smtpd $login -o smtpd_tls_security_level=encrypt $must"
    echo "11465 inet n - n - - smtpd $login -o smtpd_tls_wrappermode=yes $must"
    cat <<END
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
  } >"$etc/master.cf"
  background smtp postfix -c "$etc" start-fg
  await smtp listens 11465 || return 1
  tr -d ' ' <"$dir/spool/pid/master.pid" >"$DIR/smtp.pid" # stops in order when asked itself
}

print_env() {
  cat <<END
SERVICES_DIR='$DIR'
TLS_CA='$DIR/tls/ca.crt'
TLS_OTHER_CA='$DIR/tls/other-ca.crt'
POSTGRES_HOST='127.0.0.1'
POSTGRES_PORT='15432'
POSTGRES_DATABASE='app'
POSTGRES_USERNAME='$USERNAME'
POSTGRES_PASSWORD='$PASSWORD'
MYSQL_HOST='127.0.0.1'
MYSQL_PORT='13306'
MYSQL_DATABASE='app'
MYSQL_USERNAME='$USERNAME'
MYSQL_PASSWORD='$PASSWORD'
REDIS_HOST='127.0.0.1'
REDIS_PORT='16379'
REDIS_TLS_PORT='16380'
REDIS_USERNAME='$USERNAME'
REDIS_PASSWORD='$PASSWORD'
MEMCACHED_ADDRESS='127.0.0.1:11311'
S3_ENDPOINT='127.0.0.1:19000'
S3_ACCESS_KEY='testkey'
S3_SECRET_KEY='$PASSWORD'
FTP_HOST='127.0.0.1'
FTP_PORT='12121'
FTPS_IMPLICIT_PORT='12990'
FTP_USERNAME='$USERNAME'
FTP_PASSWORD='$PASSWORD'
SFTP_HOST='127.0.0.1'
SFTP_PORT='12222'
SFTP_USERNAME='$SFTP_USER'
SFTP_PASSWORD='$PASSWORD'
SFTP_KEY='$DIR/sftp/client'
SFTP_LOCKED_KEY='$DIR/sftp/client-locked'
SFTP_HOST_KEY='$DIR/sftp/host.pub'
SMTP_HOST='127.0.0.1'
SMTP_PORT='11025'
SMTP_AUTH_PORT='11026'
SMTP_TLS_PORT='11465'
SMTP_USERNAME='$USERNAME'
SMTP_PASSWORD='$PASSWORD'
SMTP_MAIL='$DIR/smtp/mail/box/new'
END
}

# --- commands -------------------------------------------------------------

start_services() {
  local service status=0
  mkdir -p "$BIN" && chmod 755 "$DIR"
  install_services "$@"
  (make_certificates) || fail "cannot make certificates"
  for service in "$@"; do
    if alive "$service"; then
      echo "$service is up"
    elif (cd "$DIR" && "start_$service"); then
      echo "$service started"
    else
      echo "$service FAILED"
      status=1
    fi
  done
  return $status
}

command=${1:-status}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $ALL
for service in "$@"; do packages "$service" >/dev/null || exit 1; done

case $command in
  install) mkdir -p "$BIN" && install_services "$@" ;;
  start)   start_services "$@" ;;
  stop)    for service in "$@"; do stop_service "$service" & done; wait ;;
  restart) for service in "$@"; do stop_service "$service"; done; start_services "$@" ;;
  status)
    status=0
    for service in "$@"; do
      if alive "$service"; then echo "$service is up"; else echo "$service is down"; status=1; fi
    done
    exit $status ;;
  clean)   for service in "$@"; do stop_service "$service" & done; wait; rm -rf "$DIR" ;;
  env)     print_env ;;
  *)       fail "usage: services.sh install|start|stop|restart|status|clean|env [SERVICE...]" ;;
esac
