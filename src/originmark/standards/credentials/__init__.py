"""W3C Verifiable Credentials 2.0, secured with JOSE, and the UNTP 0.7.0 types of credentials."""
