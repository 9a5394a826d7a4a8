# What Studio runs whenever JupyterLab starts, as the person's own user, below the settings that the stack writes above it. It says where
# things are, and brings the starter notebooks. What a person changed or removed is left alone. Nothing in here keeps JupyterLab from
# starting: what fails is said in the app's log.
set -uo pipefail

metadata="${DARKROOM_METADATA:-/opt/ml/metadata/resource-metadata.json}"
folder="$HOME/darkroom"
kept="$HOME/.darkroom"
say() { echo "darkroom: $*"; }
sha() { sha256sum < "$1" | cut -d " " -f 1; }

# The role of the person's profile tells the group.
role="$(sed -n 's/.*"ExecutionRoleArn" *: *"\([^"]*\)".*/\1/p' "$metadata" 2> /dev/null | head -n 1)"
[ -n "$role" ] || role="$(aws sts get-caller-identity --query Arn --output text 2> /dev/null)"
group=""
case "$role" in
  */"$role_prefix"*)
    group="${role#*/"$role_prefix"}"
    group="${group%%/*}"
    ;;
  *) say "${role:-nobody} has the role of no group: notebooks will find no data" ;;
esac

# Kernels and terminals read these; what a person sets by hand goes first.
mkdir -p "$folder" "$kept/delivered" "$HOME/.ipython/profile_default/startup"
{
  common_settings
  echo "DARKROOM_GROUP=$group"
  group_settings "$group"
} > "$kept/environment"
cat > "$HOME/.ipython/profile_default/startup/00-darkroom.py" << 'PYTHON'
import os, pathlib

for line in (pathlib.Path.home() / ".darkroom/environment").read_text().splitlines():
    name, _, value = line.partition("=")
    os.environ.setdefault(name, value)
PYTHON

fresh="$(mktemp -d)"
trap 'rm -rf "$fresh"' EXIT
if ! aws s3 cp --recursive --only-show-errors "$starter" "$fresh"; then
  say "the starter notebooks could not be fetched from $starter; those that are there stay"
  exit 0
fi
# The security group of the group's jobs: only AWS knows it, so that it comes with the notebooks and not in the settings above.
echo "DARKROOM_JOB_NETWORK=$(sed -n "s/^$group=//p" "$fresh/job-networks" 2> /dev/null)" >> "$kept/environment"
rm -f "$fresh/job-networks"
(cd "$fresh" && find . -type f | sort) | while read -r path; do
  path="${path#./}"
  own="$folder/$path"
  mark="$kept/delivered/$path"
  new="$(sha "$fresh/$path")"
  old="$(cat "$mark" 2> /dev/null || true)"
  # The same as last time: there already, changed by now, or removed on purpose.
  [ "$new" != "$old" ] || continue
  mkdir -p "$(dirname "$own")" "$(dirname "$mark")"
  if [ -e "$own" ] && [ "$(sha "$own")" != "$old" ] && [ "$(sha "$own")" != "$new" ]; then
    own="${own%.*}.new.${own##*.}"
    say "$path was changed here; the new one is ${own#"$folder/"}"
  fi
  cp "$fresh/$path" "$own" && echo "$new" > "$mark"
done
exit 0
