"""What is sent to SageMaker: training jobs and prebuilt models, inside the environment's network, with its key and your group's limits.

The functions that end in `_request` send nothing: print what they return before you start anything.
"""

import csv
import io
import json
import re
import tarfile
from pathlib import Path

import darkroom

METADATA = "/opt/ml/metadata/resource-metadata.json"
#: Uses of instances, as SageMaker's API calls their types.
TRAINING, HOSTING = "TrainingInstanceType", "ProductionVariantInstanceType"
#: GPUs and AWS's own accelerators.
ACCELERATED = re.compile(r"^ml\.(g|p|inf|trn)\d")
#: Characters of the name of a job, model or endpoint (SageMaker API, CreateTrainingJob, CreateModel, CreateEndpoint).
LONGEST_NAME = 63
#: They encrypt their own disks and take no key for them (SageMaker API, ResourceConfig, VolumeKmsKeyId).
OWN_DISKS = re.compile(r"^ml\.([a-z]+\d+[a-z]*d[a-z]*|g[5-9]\w*|gr\d\w*|p[5-9]\w*(-\w+)?|trn\d\w*|dl1|i\d\w*)\.")


def own_role():
    """The role that this notebook runs with, as AWS knows its caller: arn:aws:sts::<account>:assumed-role/<role>/<session>."""
    _, partition, _, _, account, caller = darkroom.client("sts").get_caller_identity()["Arn"].split(":")
    return f"arn:{partition}:iam::{account}:role/{caller.split('/')[1]}"


def studio(metadata=METADATA):
    """Role, subnets and key of the Studio domain that this notebook runs in, and the security group of your group's jobs.

    Not every version of Studio writes the role into its file.
    """
    about = json.loads(Path(metadata).read_text(encoding="utf8"))
    domain = darkroom.client("sagemaker").describe_domain(DomainId=about["DomainId"])
    return {
        "role": about.get("ExecutionRoleArn") or own_role(),
        "subnets": sorted(domain["SubnetIds"]),
        "security_groups": [darkroom.setting("DARKROOM_JOB_NETWORK")],
        "kms_key": domain["KmsKeyId"],
    }


def instance_type(use, accelerated):
    """The first instance type of your group that can be used so, with (or without) an accelerator where it has such a one.

    use: TRAINING or HOSTING; not every type does both. Raises ValueError when your group has none for it.
    """
    allowed = darkroom.setting("DARKROOM_INSTANCE_TYPES").split(",")
    known = darkroom.client("sagemaker").meta.service_model.shape_for(use).enum
    possible = [name for name in allowed if name in known]
    if not possible:
        raise ValueError(f"Of the types that your group may start ({', '.join(allowed)}), SageMaker has none for {use}.")
    return next((name for name in possible if bool(ACCELERATED.match(name)) == accelerated), possible[0])


def own_name(name):
    """What a job, model or endpoint of your group has to be called: its rights hold for such names alone.

    Raises ValueError when that is longer than SageMaker takes.
    """
    own = f"{darkroom.setting('DARKROOM_OWN_NAME')}--{name}"
    if len(own) > LONGEST_NAME:
        raise ValueError(f"{own} has {len(own)} characters, and SageMaker takes {LONGEST_NAME}: {name} has to be shorter by {len(own) - LONGEST_NAME}.")
    return own


def own_tags():
    """The tags under which costs are your group's and the environment's; nothing starts without them."""
    return [
        {"Key": "environment", "Value": darkroom.setting("DARKROOM_ENVIRONMENT")},
        {"Key": "group", "Value": darkroom.setting("DARKROOM_OWN_NAME")},
    ]


def place(*parts):
    """Where your group keeps what it makes: s3://<analysts' bucket>/models/<group>/…"""
    folder = "/".join(("models", darkroom.setting("DARKROOM_GROUP"), *parts))
    return f"s3://{darkroom.setting('DARKROOM_ANALYSTS_BUCKET')}/{folder}"


def manifest(keys):
    """A list of images as SageMaker reads it, so that a job takes them from where they are and nothing is copied."""
    return json.dumps([{"prefix": f"s3://{darkroom.setting('DARKROOM_PROCESSED_BUCKET')}/"}, *keys])


def labels_csv(labelled):
    """labels.csv of pairs of key and label."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("key", "label"), *labelled])
    return text.getvalue()


def source_archive(folder):
    """The training code as SageMaker unpacks it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for file in sorted(Path(folder).glob("*.py")):
            archive.add(file, arcname=file.name)
    return packed.getvalue()


def upload(name, labelled, source):
    """Puts the manifest, the labels and the training code of a job into your group's place."""
    s3 = darkroom.client("s3")
    files = {
        "manifest.json": manifest([key for key, _ in labelled]).encode(),
        "labels/labels.csv": labels_csv(labelled).encode(),
        "source.tar.gz": source_archive(source),
    }
    for path, body in files.items():
        bucket, _, key = place(name, path).removeprefix("s3://").partition("/")
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    return sorted(place(name, path) for path in files)


def training_request(name, where, hours, epochs=30, instance=None):
    """Arguments of create_training_job: one spot instance, at most `hours` of training, and as long again to wait for it."""
    allowed = int(darkroom.setting("DARKROOM_MAX_RUNTIME_HOURS"))
    if hours > allowed:
        raise ValueError(f"hours: your group may run a job for {allowed} hours at most, not {hours}.")
    instance = instance or instance_type(TRAINING, accelerated=True)
    device = "gpu-py311-cu124" if ACCELERATED.match(instance) else "cpu-py311"
    registry = f"{darkroom.setting('DARKROOM_CONTAINERS')}.dkr.ecr.{darkroom.setting('DARKROOM_REGION')}.amazonaws.com"
    hyperparameters = {"sagemaker_program": "train.py", "sagemaker_submit_directory": place(name, "source.tar.gz"), "epochs": epochs}

    def channel(channel_name, kind, uri):
        source = {"S3DataType": kind, "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}
        return {"ChannelName": channel_name, "DataSource": {"S3DataSource": source}}

    return {
        "TrainingJobName": own_name(name),
        "RoleArn": where["role"],
        "AlgorithmSpecification": {
            "TrainingImage": f"{registry}/pytorch-training:2.5.1-{device}-ubuntu22.04-sagemaker",
            "TrainingInputMode": "File",
        },
        # Values as JSON, as SageMaker's containers expect them.
        "HyperParameters": {key: json.dumps(value) for key, value in hyperparameters.items()},
        "InputDataConfig": [
            channel("images", "ManifestFile", place(name, "manifest.json")),
            channel("labels", "S3Prefix", place(name, "labels/")),
        ],
        "OutputDataConfig": {"S3OutputPath": place(name, "output"), "KmsKeyId": where["kms_key"]},
        "ResourceConfig": {
            "InstanceType": instance,
            "InstanceCount": 1,
            "VolumeSizeInGB": 50,
            **({} if OWN_DISKS.match(instance) else {"VolumeKmsKeyId": where["kms_key"]}),
        },
        "VpcConfig": {"Subnets": where["subnets"], "SecurityGroupIds": where["security_groups"]},
        "StoppingCondition": {"MaxRuntimeInSeconds": hours * 3600, "MaxWaitTimeInSeconds": hours * 7200},
        "EnableManagedSpotTraining": True,
        "CheckpointConfig": {"S3Uri": place(name, "checkpoints")},
        "EnableInterContainerTrafficEncryption": True,
        "Tags": own_tags(),
    }


def prebuilt_request(name, model_id, where, instance=None):
    """Arguments of JumpStartModel and of its deploy: one instance without a way out, in the environment's network, with its key."""
    instance = instance or instance_type(HOSTING, accelerated=False)
    model = {
        "name": own_name(name),
        "model_id": model_id,
        "role": where["role"],
        "region": darkroom.setting("DARKROOM_REGION"),
        "instance_type": instance,
        "vpc_config": {"Subnets": where["subnets"], "SecurityGroupIds": where["security_groups"]},
        "model_kms_key": where["kms_key"],
        "enable_network_isolation": True,
    }
    disk = {} if OWN_DISKS.match(instance) else {"kms_key": where["kms_key"]}
    endpoint = {"endpoint_name": own_name(name), "initial_instance_count": 1, "instance_type": instance, "tags": own_tags()}
    return model, {**endpoint, **disk}


def classes_of(answer, most=3):
    """The likeliest classes of a JumpStart image classifier's verbose answer, as pairs of name and probability, the first first."""
    pairs = sorted(zip(answer["labels"], answer["probabilities"]), key=lambda pair: -pair[1])
    return [(name, round(float(probability), 4)) for name, probability in pairs[:most]]
