terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "phase" {
  type      = string
  default   = "plan"
  ephemeral = true
}
variable "session" { default = "PT8H" }
variable "description" { default = "Analysts" }

provider "aws" {
  alias               = "identity-center"
  region              = "eu-central-1"
  allowed_account_ids = ["999999999999"]
  assume_role {
    role_arn     = var.phase == "apply" ? "arn:aws:iam::999999999999:role/changes" : "arn:aws:iam::999999999999:role/reads"
    session_name = "darkroom"
  }
  default_tags {
    tags = { application = "darkroom" }
  }
}

data "aws_ssoadmin_instances" "main" { provider = aws.identity-center }

locals {
  instance = tolist(data.aws_ssoadmin_instances.main.arns)[0]
  store    = tolist(data.aws_ssoadmin_instances.main.identity_store_ids)[0]
}

data "aws_identitystore_group" "outside" {
  provider          = aws.identity-center
  identity_store_id = local.store
  alternate_identifier {
    unique_attribute {
      attribute_path  = "DisplayName"
      attribute_value = "image-scientists"
    }
  }
}

data "aws_identitystore_user" "ann" {
  provider          = aws.identity-center
  identity_store_id = local.store
  alternate_identifier {
    unique_attribute {
      attribute_path  = "UserName"
      attribute_value = "ann"
    }
  }
}

resource "aws_identitystore_group" "own" {
  provider          = aws.identity-center
  identity_store_id = local.store
  display_name      = "darkroom-test-image-analysts"
  description       = var.description
}

resource "aws_identitystore_group_membership" "ann" {
  provider          = aws.identity-center
  identity_store_id = local.store
  group_id          = aws_identitystore_group.own.group_id
  member_id         = data.aws_identitystore_user.ann.user_id
}

resource "aws_ssoadmin_permission_set" "main" {
  provider         = aws.identity-center
  instance_arn     = local.instance
  name             = "test-image-analysts"
  description      = var.description
  session_duration = var.session
}

resource "aws_ssoadmin_permission_set_inline_policy" "main" {
  provider           = aws.identity-center
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.main.arn
  inline_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::b/${var.session}/*"] }]
  })
}

resource "aws_ssoadmin_account_assignment" "main" {
  for_each = {
    own     = aws_identitystore_group.own.group_id
    outside = data.aws_identitystore_group.outside.group_id
  }
  provider           = aws.identity-center
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.main.arn
  principal_type     = "GROUP"
  principal_id       = each.value
  target_type        = "AWS_ACCOUNT"
  target_id          = "333333333333"
  depends_on         = [aws_ssoadmin_permission_set_inline_policy.main]
}

resource "aws_ssoadmin_application_assignment" "main" {
  provider        = aws.identity-center
  application_arn = "arn:aws:sso::333333333333:application/ssoins-0000000000000000/apl-0000000000000000"
  principal_type  = "GROUP"
  principal_id    = aws_identitystore_group.own.group_id
}
