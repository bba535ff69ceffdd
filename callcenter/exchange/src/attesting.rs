//! Whether a machine has started what it says: its TPM's word, in answer to the nonce of the
//! last answer, by the key that it came into service with, compared with the release.

use fleet::{NotProven, Report};
use ledger::{Attestation, Attested};
use request::Timestamp;

/// What a report's evidence makes of what is known of the machine's TPM; `predicted` is what
/// the release that it says it runs comes to, empty where none is known. `nonce` is the next.
pub(crate) fn attested(
    known: Attestation,
    report: &Report,
    predicted: &[String],
    nonce: String,
    now: Timestamp,
) -> Attestation {
    let asked = known.nonce.clone();
    let mut next = Attestation { nonce, ..known };
    let Some(evidence) = &report.evidence else {
        return next;
    };
    let verdict = match evidence.verify(&asked) {
        // The answer before was lost on its way, or this one is asked twice.
        Err(NotProven::Nonce) => return next,
        Err(why @ (NotProven::Malformed | NotProven::Signature | NotProven::Registers)) => {
            Attested::NotProven(why.to_string())
        }
        Ok(()) if next.key.as_ref().is_some_and(|it| *it != evidence.key) => Attested::OtherTpm,
        Ok(()) => {
            next.key.get_or_insert_with(|| evidence.key.clone());
            match evidence.image_policy() {
                Some(_) | None if predicted.is_empty() => Attested::NothingToCompare,
                Some(policy) if predicted.contains(&policy) => Attested::AsReleased,
                Some(_) | None => Attested::OtherStart,
            }
        }
    };
    next.last = Some((verdict, now));
    next
}

#[cfg(test)]
mod tests {
    use fleet::{Duty, Evidence, IMAGE, ImageState};
    use p256::{
        ecdsa::{Signature, SigningKey, signature::Signer},
        pkcs8::{EncodePublicKey, LineEnding},
    };
    use request::StationId;
    use sha2::{Digest, Sha256};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
    const ASKED: &str = "00112233";

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|it| format!("{it:02x}")).collect()
    }

    /// As a TPM with this key says it of this start.
    fn evidence(key: u8, image: u8) -> Evidence {
        let key = SigningKey::from_slice(&[key; 32]).expect("a key");
        let register = [image; 32];
        let mut quoted = vec![0xff, 0x54, 0x43, 0x47, 0x80, 0x18, 0, 0, 0, 4];
        quoted.extend([0x00, 0x11, 0x22, 0x33]);
        quoted.extend([0; 25]);
        quoted.extend([0, 0, 0, 1, 0, 0x0b, 3, 0, 8, 0, 0, 32]);
        quoted.extend(Sha256::digest(register));
        let signature: Signature = key.sign(&quoted);
        let public = key.verifying_key().to_public_key_pem(LineEnding::LF);
        Evidence {
            nonce: ASKED.to_owned(),
            key: public.expect("PEM"),
            quoted: hex(&quoted),
            signature: hex(signature.to_der().as_bytes()),
            registers: vec![(IMAGE, hex(&register))],
        }
    }

    fn report(evidence: Option<Evidence>) -> Report {
        Report {
            station: StationId::new("gaon-1"),
            at: NOW,
            booted_at: NOW,
            image: ImageState {
                model: "lobby".to_owned(),
                version: "2".parse().expect("a version"),
                root_hash: None,
                slot: None,
                staged: None,
                rollbacks: Vec::new(),
            },
            duty: Duty::InService,
            visit: false,
            health: Vec::new(),
            orders: Vec::new(),
            alarms: Vec::new(),
            evidence,
        }
    }

    fn judged(known: &Attestation, evidence: &Evidence, predicted: &[String]) -> Attestation {
        let report = report(Some(evidence.clone()));
        attested(known.clone(), &report, predicted, "next".to_owned(), NOW)
    }

    fn verdict(attestation: &Attestation) -> Option<&Attested> {
        attestation.last.as_ref().map(|(it, _)| it)
    }

    #[test]
    fn a_machines_own_tpm_is_compared_with_the_release() {
        let fresh = Attestation {
            nonce: ASKED.to_owned(),
            ..Attestation::default()
        };
        let own = evidence(1, 7);
        let predicted = [own.image_policy().expect("a register of the image")];

        let good = judged(&fresh, &own, &predicted);
        assert_eq!(verdict(&good), Some(&Attested::AsReleased));
        assert_eq!(good.nonce, "next");
        let known = Attestation {
            nonce: ASKED.to_owned(),
            ..good.clone()
        };
        let other = judged(&known, &evidence(1, 8), &predicted);
        assert_eq!(verdict(&other), Some(&Attested::OtherStart));
        let foreign = judged(&known, &evidence(2, 7), &predicted);
        assert_eq!(verdict(&foreign), Some(&Attested::OtherTpm));
        assert_eq!(foreign.key, known.key, "it stays the machine's own");
        let nothing = judged(&known, &own, &[]);
        assert_eq!(verdict(&nothing), Some(&Attested::NothingToCompare));
        let mut altered = own.clone();
        altered.registers[0].1.replace_range(0..2, "08");
        let altered = judged(&known, &altered, &predicted);
        assert!(matches!(verdict(&altered), Some(Attested::NotProven(_))));
    }

    #[test]
    fn an_answer_that_was_lost_changes_nothing_but_the_question() {
        let known = Attestation {
            nonce: "ffee".to_owned(),
            key: Some("own".to_owned()),
            last: Some((Attested::AsReleased, NOW)),
        };
        let next = judged(&known, &evidence(1, 7), &[]);
        assert_eq!(
            next,
            Attestation {
                nonce: "next".to_owned(),
                ..known.clone()
            }
        );
        let silent = attested(known.clone(), &report(None), &[], "next".to_owned(), NOW);
        assert_eq!(
            silent,
            Attestation {
                nonce: "next".to_owned(),
                ..known
            }
        );
    }
}
