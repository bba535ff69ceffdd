//! Whether a TPM has said what a machine tells of its start (TPM 2.0 Library, part 2, 10.12).

use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};
use sha2::{Digest, Sha256};

use crate::Evidence;

/// TPM_GENERATED_VALUE: no key that signs this signs anything from outside the TPM in its form.
const MAGIC: u32 = 0xff54_4347;
/// TPM_ST_ATTEST_QUOTE.
const QUOTE: u16 = 0x8018;
/// TPM_ALG_SHA256.
const SHA256: u16 = 0x000b;
/// TPMS_CLOCK_INFO and the firmware's version.
const CLOCK_AND_FIRMWARE: usize = 17 + 8;
/// TPM_CC_PolicyPCR.
const POLICY_PCR: u32 = 0x0000_017f;
/// Into which the kernel image is measured, and how far its start has come.
pub const IMAGE: u32 = 11;

/// Why it is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    #[error("this is not what a TPM says of its registers")]
    Malformed,
    #[error("its key has not signed it")]
    Signature,
    #[error("it answers another question")]
    Nonce,
    #[error("the registers are not those that were signed")]
    Registers,
}

impl Evidence {
    /// Whether the key of this evidence has signed these registers in answer to `nonce`
    /// (hexadecimal digits). Whose key it is, is not told by it.
    ///
    /// # Errors
    /// Why it has not.
    pub fn verify(&self, nonce: &str) -> Result<(), NotProven> {
        let bytes = |text: &str| unhex(text).ok_or(NotProven::Malformed);
        let quoted = bytes(&self.quoted)?;
        let key = VerifyingKey::from_public_key_pem(&self.key);
        let key = key.map_err(|_| NotProven::Malformed)?;
        let signature = Signature::from_der(&bytes(&self.signature)?);
        let signature = signature.map_err(|_| NotProven::Malformed)?;
        key.verify(&quoted, &signature)
            .map_err(|_| NotProven::Signature)?;
        let said = Quoted::read(&quoted).ok_or(NotProven::Malformed)?;
        if nonce.is_empty() || said.nonce != bytes(nonce)? {
            return Err(NotProven::Nonce);
        }
        let mut digest = Sha256::new();
        for (_, value) in &self.registers {
            digest.update(bytes(value)?);
        }
        let numbers: Vec<u32> = self.registers.iter().map(|(it, _)| *it).collect();
        if numbers != said.registers || digest.finalize()[..] != *said.digest {
            return Err(NotProven::Registers);
        }
        Ok(())
    }

    /// By which the image's register is compared with what a build has predicted: the digest of
    /// TPM2_PolicyPCR (part 3, 23.7), as systemd-measure writes it.
    pub fn image_policy(&self) -> Option<String> {
        let (_, value) = self.registers.iter().find(|(it, _)| *it == IMAGE)?;
        let value = unhex(value)?;
        let mut policy = Sha256::new();
        policy.update([0; 32]);
        policy.update(POLICY_PCR.to_be_bytes());
        // One selection of SHA-256 registers, three octets of bits.
        policy.update(1_u32.to_be_bytes());
        policy.update(SHA256.to_be_bytes());
        policy.update([3, 0, 1 << (IMAGE - 8), 0]);
        policy.update(Sha256::digest(value));
        Some(hex(&policy.finalize()))
    }
}

struct Quoted<'a> {
    nonce: &'a [u8],
    registers: Vec<u32>,
    digest: &'a [u8],
}

impl<'a> Quoted<'a> {
    fn read(mut bytes: &'a [u8]) -> Option<Self> {
        let from = &mut bytes;
        if number::<4>(from)? != u64::from(MAGIC) || number::<2>(from)? != u64::from(QUOTE) {
            return None;
        }
        sized(from)?;
        let nonce = sized(from)?;
        take(from, CLOCK_AND_FIRMWARE)?;
        if number::<4>(from)? != 1 || number::<2>(from)? != u64::from(SHA256) {
            return None;
        }
        let octets = usize::try_from(number::<1>(from)?).ok()?;
        let mut registers = Vec::new();
        for (octet, bits) in (0_u32..).zip(take(from, octets)?) {
            registers.extend(
                (0..8)
                    .filter(|it| bits >> it & 1 == 1)
                    .map(|it| octet * 8 + it),
            );
        }
        let digest = sized(from)?;
        from.is_empty().then_some(Self {
            nonce,
            registers,
            digest,
        })
    }
}

fn take<'a>(from: &mut &'a [u8], bytes: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(bytes)?;
    *from = rest;
    Some(taken)
}

/// A big-endian number of so many octets.
fn number<const OCTETS: usize>(from: &mut &[u8]) -> Option<u64> {
    let octets = take(from, OCTETS)?;
    Some(
        octets
            .iter()
            .fold(0, |it, octet| it << 8 | u64::from(*octet)),
    )
}

/// A TPM2B: its length and so many octets.
fn sized<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(number::<2>(from)?).ok()?;
    take(from, length)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// What swtpm and tpm2-tools 5.4 have made: `tpm2_quote -l sha256:4,7,11 -q 0011223344` with
    /// a key of `tpm2_createprimary -C o -G ecc256:ecdsa-sha256:null`; OpenSSL verifies it.
    fn evidence() -> Evidence {
        Evidence {
            nonce: "0011223344".to_owned(),
            key: "-----BEGIN PUBLIC KEY-----\n\
                  MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOtsJo5AR7LI6Q+6yPKduT0H/yXj3\n\
                  1KTsf2WNo150MgJ0hxNHeQU/zcjYhycbIsCffKiCugju2IObBodqmWqVbw==\n\
                  -----END PUBLIC KEY-----\n"
                .to_owned(),
            quoted: "ff54434780180022000bf058a28201d0b2d8ca6fbd5cb4937c64f1de7ecb\
                     3188105a5070de4fc619b58f000500112233440000000000004fb764af12\
                     7ac01f07f2016b8c6a429d62ad8500000001000b039008000020013b9dd6\
                     7df025201631b09b1ddc17f7392f34dc653de92d33ae8cc55e60c5d6"
                .to_owned(),
            signature: "304402207610d26364e7da8631ed821baada26ba636de4ecf50c6adbb988\
                        d2e8a352558a02200230a3e68116751e15123d00c50f3e2deefa21326ac3\
                        9a7b4c6654c56e5a0696"
                .to_owned(),
            registers: vec![
                (4, "0".repeat(64)),
                (7, "0".repeat(64)),
                (
                    IMAGE,
                    "589f9ffed4c477966bfb8d41f37895b08c69047df8f911d6f3b57fbe08faee8d".to_owned(),
                ),
            ],
        }
    }

    #[test]
    fn what_another_makers_tpm_says_is_believed_and_nothing_else() {
        let good = evidence();
        assert_eq!(good.verify("0011223344"), Ok(()));
        assert_eq!(good.verify("0011223345"), Err(NotProven::Nonce));
        assert_eq!(good.verify(""), Err(NotProven::Nonce));

        let mut other = evidence();
        other.registers[2].1.replace_range(0..1, "6");
        assert_eq!(other.verify("0011223344"), Err(NotProven::Registers));
        let mut renamed = evidence();
        renamed.registers[1].0 = 5;
        assert_eq!(renamed.verify("0011223344"), Err(NotProven::Registers));
        let mut fewer = evidence();
        fewer.registers.pop();
        assert_eq!(fewer.verify("0011223344"), Err(NotProven::Registers));

        for at in (0..good.quoted.len()).step_by(2) {
            let mut altered = evidence();
            let octet = u8::from_str_radix(&good.quoted[at..at + 2], 16).unwrap() ^ 1;
            altered
                .quoted
                .replace_range(at..at + 2, &format!("{octet:02x}"));
            assert_eq!(altered.verify("0011223344"), Err(NotProven::Signature));
            altered.quoted.truncate(at);
            assert!(altered.verify("0011223344").is_err());
        }
        for text in ["", "0", "zz", "한", "ff544347"] {
            let mut nonsense = evidence();
            text.clone_into(&mut nonsense.signature);
            assert_eq!(nonsense.verify("0011223344"), Err(NotProven::Malformed));
        }
    }

    #[test]
    fn no_octets_whatever_are_read_as_more_than_they_are() {
        let quoted = unhex(&evidence().quoted).unwrap();
        for length in 0..quoted.len() {
            assert!(Quoted::read(&quoted[..length]).is_none(), "{length}");
        }
        let mut longer = quoted;
        longer.push(0);
        assert!(Quoted::read(&longer).is_none());
    }
}
