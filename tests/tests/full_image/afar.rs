//! What is known and done of the machine from afar: its releases, what its TPM says, the key that
//! opens its disk, and its alarms.

use std::{fs, io::Read, io::Seek, io::SeekFrom, path::PathBuf, process::Command, time::Instant};

use age::x25519::Identity;
use base64::{Engine, engine::general_purpose::STANDARD};
use fleet::{Alarm, SealedKey};
use ledger::{Attested, Rollout, Store};
use request::{StationId, Timestamp};
use tests::office::STATION;

use crate::place::{MODEL, MOMENT, Place, REPORTED};

/// LUKS2 keeps its keys in front; the image's partitions are found by the table behind the
/// first sector (UEFI 2.10, 5.3).
const SECTOR: u64 = 512;
/// In milliseconds.
const TWO_DAYS: i64 = 2 * 86_400_000;
const HEADER_BYTES: u64 = 16 << 20;

fn images() -> PathBuf {
    PathBuf::from(std::env::var_os("MINWON_IMAGE").unwrap())
}

impl Place {
    fn store(&self) -> Store {
        Store::open(&self.office.data().join("exchange.sqlite")).unwrap()
    }

    fn station() -> StationId {
        StationId::new(STATION)
    }

    /// As an operator does it at the server.
    pub(crate) fn hand_in_releases(&self) {
        let (folder, signer) = (images().join("full"), images().join("keys/release.pem"));
        let words = [
            "release",
            folder.to_str().unwrap(),
            "--signer",
            signer.to_str().unwrap(),
            "--data",
            self.office.data().to_str().unwrap(),
        ];
        let taken = exchange::hand_in_release(&words.map(str::to_owned)).unwrap();
        assert!(taken.is_some());
    }

    /// As an administrator did it at the console two nights ago: every site's turn has come.
    pub(crate) fn roll_out(&self, version: &str) {
        let file = images().join(format!("full/minwon_{version}.release"));
        let rollout = Rollout {
            model: MODEL.to_owned(),
            version: version.parse().unwrap(),
            release: fs::read(file).unwrap(),
            pilot: STATION.to_owned(),
            operator: "seo".to_owned(),
            started_at: Timestamp::from_millis(self.office.clock().as_millis() - TWO_DAYS),
            stopped: None,
        };
        self.store().start_rollout(&rollout).unwrap();
    }

    fn until<T>(&self, what: &str, look: impl Fn(&Store) -> Option<T>) -> T {
        let (store, given_up) = (self.store(), Instant::now() + REPORTED);
        loop {
            if let Some(found) = look(&store) {
                return found;
            }
            assert!(Instant::now() < given_up, "{what}");
            std::thread::sleep(MOMENT * 5);
        }
    }

    /// What the machine's TPM says of its start, compared with the release.
    pub(crate) fn until_attested(&self) {
        let is = |store: &Store| store.attestation(&Self::station()).unwrap().last;
        let (verdict, _) = self.until("no TPM has said anything", is);
        assert_eq!(verdict, Attested::AsReleased);
        println!("its TPM says that it has started as it was released");
    }

    pub(crate) fn until_alarmed(&self) -> Alarm {
        let alarm = self.until("no alarm is told", |store| {
            store.alarms(&Self::station()).unwrap().pop()
        });
        println!("the exchange was told of {:?} {}", alarm.kind, alarm.detail);
        alarm
    }

    pub(crate) fn until_escrowed(&self) -> SealedKey {
        self.until("no recovery key is kept", |store| {
            store.recovery_keys(&Self::station()).unwrap().pop()
        })
    }

    /// The operator's key opens what the exchange keeps, and that opens the disk.
    pub(crate) fn is_opened_by(&self, sealed: &SealedKey, escrow: &Identity) {
        let sealed = STANDARD.decode(&sealed.sealed).unwrap();
        let key = age::decrypt(escrow, &sealed).unwrap();
        let header = self.kept("var-header");
        fs::write(&header, self.var_header()).unwrap();
        let key_file = self.kept("recovery-key");
        let opens = |key: &[u8]| {
            fs::write(&key_file, key).unwrap();
            let words = ["open", "--test-passphrase", "--type", "luks2", "--key-file"];
            let said = Command::new("cryptsetup")
                .args(words)
                .args([&key_file, &header])
                .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .output();
            said.unwrap().status.success()
        };
        assert!(opens(&key));
        assert!(!opens(b"another key"));
        println!("the escrowed key opens its disk, and another one does not");
    }

    /// Whether the TPM gives the disk's key to our kernel images alone: bound to Secure Boot's
    /// register, and to values of the image's register that our key has signed.
    pub(crate) fn disk_is_bound(&self) {
        let header = String::from_utf8_lossy(&self.var_header()).into_owned();
        assert!(header.contains("\"tpm2-pcrs\":[7]"), "Secure Boot's state");
        assert!(
            header.contains("\"tpm2_pubkey_pcrs\":[11]"),
            "signed images"
        );
    }

    fn var_header(&self) -> Vec<u8> {
        let mut disk = fs::File::open(self.kept("disk.raw")).unwrap();
        let mut table = [0; 92];
        disk.seek(SeekFrom::Start(SECTOR)).unwrap();
        disk.read_exact(&mut table).unwrap();
        let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap());
        let first = number(&table[72..80]);
        disk.seek(SeekFrom::Start(first * SECTOR)).unwrap();
        let mut entries = vec![0; 128 * 128];
        disk.read_exact(&mut entries).unwrap();
        let label: Vec<u8> = "minwon-var"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let var = entries.chunks(128).find(|it| it[56..].starts_with(&label));
        let from = number(&var.unwrap()[32..40]);
        disk.seek(SeekFrom::Start(from * SECTOR)).unwrap();
        let mut header = vec![0; usize::try_from(HEADER_BYTES).unwrap()];
        disk.read_exact(&mut header).unwrap();
        header
    }
}
