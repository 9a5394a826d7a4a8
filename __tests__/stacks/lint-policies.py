"""Findings of parliament on IAM policies: from standard input an object of names and policies, to standard output [name, Sid, issue, detail]."""

import json
import sys

from parliament import analyze_policy_string

found = []
for name, policy in json.load(sys.stdin).items():
    # One statement at a time, so that each finding says which.
    for statement in policy["Statement"]:
        alone = json.dumps({"Version": policy["Version"], "Statement": [statement]})
        found += [[name, statement["Sid"], one.issue, str(one.detail)] for one in analyze_policy_string(alone).findings]
print(json.dumps(found))
