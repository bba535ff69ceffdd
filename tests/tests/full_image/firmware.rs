//! What a machine has besides QEMU: UEFI firmware whose variables stay, a TPM, and its disk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const CODE: &str = "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd";
const VARIABLES: &str = "/usr/share/OVMF/OVMF_VARS_4M.fd";
/// Two slots and what a machine keeps.
const DISK_BYTES: u64 = 4 << 30;
const PATIENCE: Duration = Duration::from_secs(20);

/// One machine, whatever of it survives the power.
pub(crate) struct Hardware {
    folder: PathBuf,
}

impl Hardware {
    /// As it comes from its maker: the image on its disk, no keys in its firmware.
    pub(crate) fn new(folder: &Path, image: &Path) -> Self {
        fs::create_dir_all(folder.join("tpm-state")).unwrap();
        fs::copy(VARIABLES, folder.join("variables.fd")).unwrap();
        let disk = folder.join("disk.raw");
        let copied = Command::new("cp")
            .args(["--sparse=always", "--"])
            .args([image, &disk])
            .status();
        assert!(copied.unwrap().success(), "the disk is written");
        let file = fs::File::options().write(true).open(&disk).unwrap();
        file.set_len(DISK_BYTES).unwrap();
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The TPM, as a process that ends with the machine it is for.
    pub(crate) fn tpm(&self) -> Child {
        let socket = self.folder.join("tpm");
        let _ = fs::remove_file(&socket);
        let child = Command::new("swtpm")
            .args(["socket", "--tpm2", "--terminate", "--tpmstate"])
            .arg(format!("dir={}", self.folder.join("tpm-state").display()))
            .arg("--ctrl")
            .arg(format!("type=unixio,path={}", socket.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the Debian package swtpm is installed");
        let given_up = Instant::now() + PATIENCE;
        while !socket.exists() {
            assert!(Instant::now() < given_up, "the TPM does not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
        child
    }

    /// Arguments of QEMU beyond those that follow from the model.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let file = |name: &str| self.folder.join(name).display().to_string();
        let pairs = [
            (
                "-drive",
                format!("if=pflash,format=raw,readonly=on,file={CODE}"),
            ),
            (
                "-drive",
                format!("if=pflash,format=raw,file={}", file("variables.fd")),
            ),
            (
                "-drive",
                format!(
                    "if=none,id=disk,format=raw,file={},cache=writeback",
                    file("disk.raw")
                ),
            ),
            (
                "-device",
                "virtio-blk-pci,drive=disk,bootindex=1,serial=MINWON0".to_owned(),
            ),
            ("-uuid", "6d696e77-6f6e-4001-8000-000000000001".to_owned()),
            // The log of the machine, where a test can read it; Secure Boot measures this.
            (
                "-smbios",
                "type=11,value=io.systemd.stub.kernel-cmdline-extra=\
                 systemd.journald.forward_to_console=1"
                    .to_owned(),
            ),
        ];
        let pairs = pairs.into_iter();
        pairs
            .flat_map(|(option, value)| [option.to_owned(), value])
            .collect()
    }
}
