//! Dovecot, another maker's mailbox, on a port and in a folder of its own.

use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::authority::Authority;
use crate::patience::until;

pub(crate) const PASSWORD: &str = "incoming-secret";

pub(crate) struct Dovecot {
    folder: PathBuf,
    process: Child,
    pub(crate) port: u16,
}

impl Dovecot {
    pub(crate) fn open(folder: PathBuf, authority: &Authority) -> Self {
        for name in ["mail", "mail/new", "mail/cur", "mail/tmp"] {
            fs::create_dir_all(folder.join(name)).unwrap();
            // Dovecot reads nobody's mail as root.
            let anybody = Permissions::from_mode(0o777);
            fs::set_permissions(folder.join(name), anybody).unwrap();
        }
        let port = free_port();
        fs::write(folder.join("dovecot.conf"), conf(&folder, authority, port)).unwrap();
        let process = start(&folder);
        let open = Self {
            folder,
            process,
            port,
        };
        open.wait_until_it_listens();
        open
    }

    /// As a mail server delivers it (Maildir).
    pub(crate) fn deliver(&self, name: &str, message: &str) {
        let (before, after) = (self.box_of("tmp").join(name), self.box_of("new").join(name));
        fs::write(&before, message.replace('\n', "\r\n")).unwrap();
        fs::rename(before, after).unwrap();
    }

    pub(crate) fn inbox(&self) -> usize {
        count(&self.folder.join("mail"))
    }

    pub(crate) fn in_folder(&self, name: &str) -> usize {
        count(&self.folder.join("mail").join(format!(".{name}")))
    }

    fn box_of(&self, name: &str) -> PathBuf {
        self.folder.join("mail").join(name)
    }

    fn wait_until_it_listens(&self) {
        until("dovecot listens", || {
            std::net::TcpStream::connect(("127.0.0.1", self.port)).ok()
        });
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let mut stop = Command::new("doveadm");
        stop.arg("-c")
            .arg(self.folder.join("dovecot.conf"))
            .arg("stop");
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn count(mailbox: &Path) -> usize {
    let files = |name| fs::read_dir(mailbox.join(name)).map_or(0, Iterator::count);
    files("new") + files("cur")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn start(folder: &Path) -> Child {
    Command::new("/usr/sbin/dovecot")
        .arg("-F")
        .arg("-c")
        .arg(folder.join("dovecot.conf"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("dovecot-imapd is installed: `make setup`")
}

/// The accounts Dovecot runs under, and the one that has the mail: as root those of
/// its package, else whoever runs the test.
fn users() -> [String; 4] {
    let said = Command::new("id").arg("-un").output().unwrap().stdout;
    let user = String::from_utf8(said).unwrap().trim().to_owned();
    match user.as_str() {
        "root" => ["dovecot", "dovenull", "nobody", "nogroup"].map(str::to_owned),
        _ => [user.clone(), user.clone(), user.clone(), user],
    }
}

/// One account, and nothing of the system's own Dovecot.
fn conf(folder: &Path, authority: &Authority, port: u16) -> String {
    let [internal, login, user, group] = users();
    let (folder, certificate, key) = (
        folder.display(),
        authority.certificate.display(),
        authority.key.display(),
    );
    format!(
        "protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
default_internal_user = {internal}
default_internal_group = {internal}
default_login_user = {login}
mail_location = maildir:{folder}/mail
first_valid_uid = 0
passdb {{
  driver = static
  args = password={{plain}}{PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    )
}
