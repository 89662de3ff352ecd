# Included by the Makefile. PYTHON is its interpreter of the virtual environment.
.PHONY: package layers deploy rollback teardown costs

package: ## write build/package/template.json and code.zip
	$(PYTHON) -m tools package

layers: ## build the cloud's two layers (needs Python 3.13)
	$(PYTHON) -m tools layers

deploy: ## bring a stage to an AWS account, as stages/<stage>.toml says: STAGE=
	$(if $(MAIL_SENDER)$(SITE_URL)$(CERTIFICATE)$(MFA),$(error the settings of a stage stand in stages/<stage>.toml))
	$(PYTHON) -m tools deploy $(or $(STAGE),$(error STAGE=… is missing)) $(ARGS)

rollback: ## put a stage back to the release before its last: STAGE=
	$(PYTHON) -m tools rollback $(or $(STAGE),$(error STAGE=… is missing)) $(ARGS)

teardown: ## take a trial stage away with everything in it: STAGE=
	$(PYTHON) -m tools teardown $(or $(STAGE),$(error STAGE=… is missing))

costs: ## compute the cost tables of docs/operations.md again
	$(PYTHON) -m tools costs --write
