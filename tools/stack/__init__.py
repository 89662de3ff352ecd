"""CloudFormation stacks: what they are, what an update would do, what stands in one."""
