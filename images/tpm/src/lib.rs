//! Keys that never leave the machine: a TPM signs with them, and says how the machine was started.
