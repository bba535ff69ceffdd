//! A program alone on a panel: the whole screen by KMS, fingers and keys from the kernel.
