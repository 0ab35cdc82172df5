#!/usr/bin/env bash
# Runs a command beside a private PostgreSQL that is gone afterwards:
#
#     tests/postgres.sh cargo test --test integration
#
# The command finds the server in AUTONOMIA_TEST_DATABASE. The cluster lives in a temporary
# folder, listens on a free port of 127.0.0.1 with a password of its own, and belongs to a user
# who is not root. A PostgreSQL that already runs on the machine is never touched.
set -euo pipefail

if (($# == 0)); then
    echo "usage: tests/postgres.sh COMMAND..." >&2
    exit 2
fi

# The newest of Debian's versions; elsewhere whatever is on the path.
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
if [[ -z $bin ]]; then
    bin=$(dirname "$(command -v initdb)") || {
        echo "tests/postgres.sh: PostgreSQL is missing: install Debian's package 'postgresql'" >&2
        exit 2
    }
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/autonomia-postgres.XXXXXX")

# PostgreSQL refuses to run as root.
owner() {
    if ((EUID == 0)); then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

end() {
    trap '' INT TERM
    if [[ -e $folder/data/postmaster.pid ]]; then
        owner "$bin/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/data" || true
    fi
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$folder/password"
if ((EUID == 0)); then
    chown -R postgres: "$folder"
fi
# The password goes as it is: to hash it for each connection of each test takes a minute and a half.
owner "$bin/initdb" --pgdata="$folder/data" --username=autonomia --pwfile="$folder/password" \
    --auth=password --encoding=UTF8 --no-locale >"$folder/initdb.log"

# A cluster that is thrown away need not survive a power cut, nor be kept tidy; a benchmark asks for
# one as it would be used.
fsync=${AUTONOMIA_TEST_FSYNC:-off}
options="-c fsync=$fsync"
if [[ $fsync == off ]]; then
    options+=' -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off'
fi

# Nothing hands out a free port, so a taken one means another try.
for ((try = 1; ; try++)); do
    port=$((20000 + RANDOM % 12000))
    if owner "$bin/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/log" --options="\
            -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' \
            $options -c max_connections=400 -c log_min_messages=fatal \
            -c log_min_error_statement=panic" \
        2>"$folder/start.log"; then
        break
    fi
    if ((try == 5)); then
        echo "tests/postgres.sh: PostgreSQL does not start:" >&2
        tail -n 5 "$folder/log" >&2
        exit 2
    fi
done

export AUTONOMIA_TEST_DATABASE="postgres://autonomia:$password@127.0.0.1:$port/postgres"
"$@"
