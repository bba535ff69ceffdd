//! A stranger's certification authority with a time-stamp service: certomancer.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
};

use p256::{
    ecdsa::SigningKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, LineEnding},
};

const CONFIGURATION: &str = include_str!("authority/certomancer.yml");

pub(crate) struct Authority {
    folder: PathBuf,
    port: u16,
    /// With the end of its log, which must stay open for it to write on.
    process: Option<(Child, BufReader<ChildStderr>)>,
}

impl Authority {
    /// Makes keys and certificates in `folder` and opens the services.
    pub(crate) fn open(folder: &Path) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        fs::create_dir_all(folder.join("keys")).unwrap();
        for name in ["root", "signer", "tsa"] {
            let key = SigningKey::random(&mut OsRng);
            let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
            fs::write(folder.join(format!("keys/{name}.key.pem")), &*pem).unwrap();
        }
        let configuration = CONFIGURATION.replace("PORT", &port.to_string());
        fs::write(folder.join("certomancer.yml"), configuration).unwrap();
        let mut authority = Self {
            folder: folder.to_path_buf(),
            port,
            process: None,
        };
        authority.certify("root");
        authority.certify("signer");
        authority.serve();
        authority
    }

    /// Lays the office's key, chain and trust where an exchange looks for them.
    pub(crate) fn equip(&self, data: &Path) {
        let copy = |from: &str, to: &str| {
            fs::create_dir_all(data.join(to).parent().unwrap()).unwrap();
            fs::copy(self.folder.join(from), data.join(to)).unwrap();
        };
        copy("keys/signer.key.pem", "keys/office.key.pem");
        copy("signer.pem", "keys/office.chain.pem");
        copy("root.pem", "trust/ca.pem");
    }

    pub(crate) fn time_stamps(&self) -> String {
        format!("http://127.0.0.1:{}/town/tsa/tsa", self.port)
    }

    /// Nobody answers from now on.
    pub(crate) fn close(&mut self) {
        if let Some((mut process, _)) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    fn certify(&self, name: &str) {
        let file = format!("{name}.pem");
        let certified = self
            .command(&["summon", "town", name, &file])
            .status()
            .unwrap();
        assert!(certified.success(), "{name} has no certificate");
    }

    fn serve(&mut self) {
        let port = self.port.to_string();
        let mut process = self
            .command(&["animate", "--no-web-ui", "--port", &port])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("Running on") {
            line.clear();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "certomancer ended");
        }
        self.process = Some((process, log));
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(judge("certomancer"));
        command.current_dir(&self.folder).args(words);
        command
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.close();
    }
}

/// A Python program in `.venv`, which `make setup` fills.
pub(crate) fn judge(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap().join(".venv/bin").join(name)
}
