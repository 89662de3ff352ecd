# Included by the Makefile. PYTHON is its interpreter of the virtual environment.
.PHONY: package layers deploy costs

package: ## write build/package/template.json and code.zip
	$(PYTHON) -m tools package

layers: ## build the cloud's two layers (needs Python 3.13)
	$(PYTHON) -m tools layers

deploy: ## bring a stage to an AWS account: STAGE= MAIL_SENDER= [SITE_URL= CERTIFICATE=] [MFA=ON]
	$(PYTHON) -m tools deploy $(or $(STAGE),$(error STAGE=… is missing)) \
		--mail-sender $(or $(MAIL_SENDER),$(error MAIL_SENDER=… is missing)) \
		$(if $(SITE_URL),--site-url $(SITE_URL)) $(if $(CERTIFICATE),--certificate $(CERTIFICATE)) $(if $(MFA),--mfa $(MFA))

costs: ## compute the cost tables of docs/operations.md again
	$(PYTHON) -m tools costs --write
