//! What the machine's TPM says, by the programs of tpm2-tools.

use std::{fs, path::Path, process::Command};

use fleet::Evidence;

use crate::machine::{self, MachineFault};

const TPM: &str = "/sys/class/tpm/tpm0";
/// Which registers say how a machine has started: firmware's loader, Secure Boot, kernel image.
const REGISTERS: [u32; 3] = [4, 7, fleet::IMAGE];

pub fn is_there() -> bool {
    Path::new(TPM).exists()
}

/// Has the TPM say how this machine has started, in answer to a nonce (hexadecimal digits). Its
/// key is the same at each call, and exists nowhere else.
///
/// # Errors
/// When the TPM does not do it.
pub fn quote(folder: &Path, nonce: &str) -> Result<Evidence, MachineFault> {
    let unread = |source| MachineFault::NotStarted {
        program: "tpm2_quote",
        source,
    };
    fs::create_dir_all(folder).map_err(unread)?;
    let file = |name: &str| folder.join(name).display().to_string();
    let [context, key, quoted, signature] = ["key", "key.pem", "quoted", "signature"].map(file);
    let tpm = |program, words: &[&str]| {
        let output = Command::new(program)
            .args(words)
            .env("TPM2TOOLS_TCTI", "device:/dev/tpmrm0")
            .output();
        let output = output.map_err(|source| MachineFault::NotStarted { program, source })?;
        machine::said(program, &output)
    };
    let kind = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign|noda";
    let curve = "ecc256:ecdsa-sha256:null";
    tpm(
        "tpm2_createprimary",
        &["-Q", "-C", "o", "-G", curve, "-a", kind, "-c", &context],
    )?;
    tpm(
        "tpm2_readpublic",
        &["-Q", "-c", &context, "-f", "pem", "-o", &key],
    )?;
    let numbers: Vec<String> = REGISTERS.iter().map(u32::to_string).collect();
    let selection = format!("sha256:{}", numbers.join(","));
    tpm(
        "tpm2_quote",
        &[
            "-Q", "-c", &context, "-l", &selection, "-q", nonce, "-m", &quoted, "-s", &signature,
            "-f", "plain",
        ],
    )?;
    let read = |file: &str| fs::read(file).map_err(unread);
    let hex = |bytes: Vec<u8>| bytes.iter().map(|it| format!("{it:02x}")).collect();
    let register = |number: &u32| {
        let value = fs::read_to_string(format!("{TPM}/pcr-sha256/{number}")).map_err(unread)?;
        Ok((*number, value.trim().to_lowercase()))
    };
    Ok(Evidence {
        nonce: nonce.to_owned(),
        key: String::from_utf8_lossy(&read(&key)?).into_owned(),
        quoted: hex(read(&quoted)?),
        signature: hex(read(&signature)?),
        registers: REGISTERS.iter().map(register).collect::<Result<_, _>>()?,
    })
}
