"""Text in, linked drafts out: ``parse`` tells documents apart, ``match`` says whom they name, ``draft`` saves what an editor confirmed."""
