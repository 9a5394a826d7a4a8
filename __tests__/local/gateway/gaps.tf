# Everything that needs a gap, as a stack would write it. Applied, planned again, changed and destroyed by terraform.test.ts.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "storage" { default = 10 }
variable "batch" { default = 10 }
variable "idle" { default = 60 }
variable "disk" { default = 60 }
variable "home" { default = "Retain" }
variable "hidden" { default = "JumpStart" }
variable "state" { default = "ENABLED" }
variable "aggregation" { default = 60 }
variable "private_dns" { default = true }
variable "threshold" { default = 1 }
variable "properties" { default = "min.insync.replicas=2\n" }
variable "version_label" { default = "1" }

locals {
  kms_key = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"
}

resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }

resource "aws_subnet" "main" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = "eu-central-1${count.index == 0 ? "a" : "b"}"
}

resource "aws_route_table" "main" { vpc_id = aws_vpc.main.id }

resource "aws_security_group" "main" {
  count  = 2
  name   = "main-${count.index}"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-central-1.s3"
  route_table_ids = [aws_route_table.main.id]
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_vpc_endpoint" "kms" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-central-1.kms"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.main[*].id
  security_group_ids  = [aws_security_group.main[var.private_dns ? 0 : 1].id]
  private_dns_enabled = var.private_dns
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.main[0].id
  prefix_list_id    = aws_vpc_endpoint.s3.prefix_list_id
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  description       = "S3"
}

resource "aws_cloudwatch_log_group" "main" { name = "/test/main" }

resource "aws_iam_role" "main" {
  name = "test-main"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_flow_log" "main" {
  vpc_id                   = aws_vpc.main.id
  traffic_type             = "ALL"
  log_destination          = aws_cloudwatch_log_group.main.arn
  iam_role_arn             = aws_iam_role.main.arn
  max_aggregation_interval = var.aggregation
}

resource "aws_sfn_state_machine" "main" {
  name       = "test-batch"
  role_arn   = aws_iam_role.main.arn
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Pass", End = true } } })
  tracing_configuration { enabled = true }
}

resource "aws_scheduler_schedule" "main" {
  name                         = "test-batch"
  schedule_expression          = "cron(30 2 ? * MON,TUE *)"
  schedule_expression_timezone = "Europe/Berlin"
  state                        = var.state
  flexible_time_window { mode = "OFF" }
  target {
    arn      = aws_sfn_state_machine.main.arn
    role_arn = aws_iam_role.main.arn
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "test-errors"
  alarm_description   = "Errors & <failures>"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = "test-stream" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = var.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:eu-central-1:123456789012:alerts"]
}

resource "aws_cloudwatch_metric_alarm" "rate" {
  alarm_name          = "test-rate"
  evaluation_periods  = 1
  threshold           = var.threshold
  comparison_operator = "GreaterThanThreshold"
  metric_query {
    id          = "rate"
    expression  = "errors * 100"
    return_data = true
  }
  metric_query {
    id = "errors"
    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      period      = 60
      stat        = "Sum"
      dimensions  = { FunctionName = "test-stream" }
    }
  }
}

resource "aws_msk_configuration" "main" {
  name              = "test-images"
  server_properties = var.properties
}

resource "aws_msk_cluster" "main" {
  cluster_name           = "test-images"
  kafka_version          = "3.9.x.kraft"
  number_of_broker_nodes = 2
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = aws_subnet.main[*].id
    security_groups = [aws_security_group.main[0].id]
    storage_info {
      ebs_storage_info { volume_size = var.storage }
    }
  }
  client_authentication {
    sasl { iam = true }
  }
  configuration_info {
    arn      = aws_msk_configuration.main.arn
    revision = aws_msk_configuration.main.latest_revision
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = local.kms_key
  }
  open_monitoring {
    prometheus {
      jmx_exporter { enabled_in_broker = true }
      node_exporter { enabled_in_broker = true }
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.main.name
      }
    }
  }
}

resource "aws_msk_serverless_cluster" "main" {
  cluster_name = "test-serverless"
  vpc_config {
    subnet_ids         = aws_subnet.main[*].id
    security_group_ids = [aws_security_group.main[0].id]
  }
  client_authentication {
    sasl {
      iam { enabled = true }
    }
  }
}

resource "aws_lambda_function" "main" {
  function_name    = "test-stream"
  role             = aws_iam_role.main.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "function.zip"
  source_code_hash = filebase64sha256("function.zip")
}

resource "aws_lambda_event_source_mapping" "main" {
  for_each                           = { provisioned = aws_msk_cluster.main.arn, serverless = aws_msk_serverless_cluster.main.arn }
  event_source_arn                   = each.value
  function_name                      = aws_lambda_function.main.arn
  topics                             = ["images"]
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = var.batch
  maximum_batching_window_in_seconds = 1
  function_response_types            = ["ReportBatchItemFailures"]
  maximum_retry_attempts             = 3
  maximum_record_age_in_seconds      = 3600
  bisect_batch_on_function_error     = true
  provisioned_poller_config {
    minimum_pollers = 1
    maximum_pollers = 2
  }
  amazon_managed_kafka_event_source_config { consumer_group_id = "test-stream" }
  destination_config {
    on_failure { destination_arn = "arn:aws:s3:::test-quarantine" }
  }
}

resource "aws_sagemaker_studio_lifecycle_config" "main" {
  studio_lifecycle_config_name     = "test-setup"
  studio_lifecycle_config_app_type = "JupyterLab"
  studio_lifecycle_config_content  = base64encode("#!/bin/sh\n")
}

resource "aws_sagemaker_domain" "main" {
  domain_name             = "test"
  auth_mode               = "SSO"
  vpc_id                  = aws_vpc.main.id
  subnet_ids              = [aws_subnet.main[0].id]
  app_network_access_type = "VpcOnly"
  kms_key_id              = local.kms_key
  tag_propagation         = "ENABLED"
  default_user_settings {
    execution_role      = aws_iam_role.main.arn
    security_groups     = [aws_security_group.main[0].id]
    studio_web_portal   = "ENABLED"
    default_landing_uri = "studio::"
    studio_web_portal_settings {
      hidden_app_types = ["CodeEditor", "JupyterLab"]
      hidden_ml_tools  = ["JumpStart", "Training"]
    }
    space_storage_settings {
      default_ebs_storage_settings {
        default_ebs_volume_size_in_gb = 5
        maximum_ebs_volume_size_in_gb = var.disk
      }
    }
    jupyter_lab_app_settings {
      lifecycle_config_arns = [aws_sagemaker_studio_lifecycle_config.main.arn]
      app_lifecycle_management {
        idle_settings {
          lifecycle_management    = "ENABLED"
          idle_timeout_in_minutes = var.idle
        }
      }
    }
  }
  retention_policy { home_efs_file_system = var.home }
}

resource "aws_sagemaker_user_profile" "main" {
  domain_id                      = aws_sagemaker_domain.main.id
  user_profile_name              = "ann"
  single_sign_on_user_identifier = "UserName"
  single_sign_on_user_value      = "ann"
  user_settings { execution_role = aws_iam_role.main.arn }
}

resource "aws_sagemaker_domain" "iam" {
  domain_name             = "test-iam"
  auth_mode               = "IAM"
  vpc_id                  = aws_vpc.main.id
  subnet_ids              = [aws_subnet.main[0].id]
  app_network_access_type = "VpcOnly"
  default_user_settings { execution_role = aws_iam_role.main.arn }
}

resource "aws_sagemaker_user_profile" "iam" {
  domain_id         = aws_sagemaker_domain.iam.id
  user_profile_name = "ann"
  tags              = { person = "ann", group = "test" }
  user_settings {
    execution_role = aws_iam_role.main.arn
    studio_web_portal_settings {
      hidden_app_types = ["CodeEditor"]
      hidden_ml_tools  = ["Models", var.hidden]
    }
  }
}

data "aws_elastic_beanstalk_solution_stack" "main" {
  most_recent = true
  name_regex  = "^64bit Amazon Linux 2023 (.*) running Node.js 22$"
}

resource "aws_elastic_beanstalk_application" "main" {
  name        = "test"
  description = "Web apps"
  appversion_lifecycle {
    service_role = aws_iam_role.main.arn
    max_count    = 20
  }
}

resource "aws_elastic_beanstalk_application_version" "main" {
  application = aws_elastic_beanstalk_application.main.name
  name        = var.version_label
  bucket      = "test-apps"
  key         = "app.zip"
}

resource "aws_elastic_beanstalk_environment" "main" {
  name                = "test-upload"
  application         = aws_elastic_beanstalk_application.main.name
  solution_stack_name = data.aws_elastic_beanstalk_solution_stack.main.name
  version_label       = aws_elastic_beanstalk_application_version.main.name
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = var.version_label
  }
}

output "brokers" { value = aws_msk_cluster.main.bootstrap_brokers_sasl_iam }
