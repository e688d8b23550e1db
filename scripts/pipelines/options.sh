# shellcheck shell=sh
# How the pipelines read their command lines. They source it after scripts/lib.sh.

# take_options NAMES ARGUMENT...: sets the variable of each option in NAMES that is given, and `taken` to how many
# arguments the options take up.
take_options() {
  options=" $1 " taken=0
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage; exit ;;
      -*) ;;
      *) return ;;
    esac
    case ${1#--} in '' | *[!a-z]*) misused "there is no option $1" ;; esac
    case $options in *" ${1#--} "*) ;; *) misused "there is no option $1" ;; esac
    [ $# -gt 1 ] || misused "$1 takes a value"
    eval "${1#--}=\$2"
    taken=$((taken + 2))
    shift 2
  done
}

# need_number NAME [SMALLEST]: the option's value must be a whole number, if it is given.
need_number() {
  eval "value=\$$1"
  case $value in *[!0-9]* | ??????????*) misused "--$1 takes a number, not '$value'" ;; esac
  [ -z "$value" ] || [ "$value" -ge "${2-0}" ] || misused "--$1 takes a number from $2, not '$value'"
}

# need_files NAME...: these options must be given, and name files that can be read.
need_files() {
  for name in "$@"; do
    eval "value=\$$name"
    [ -n "$value" ] || misused "--$name is needed"
    [ -r "$value" ] || fail 66 "$value: can't be read"
  done
}
