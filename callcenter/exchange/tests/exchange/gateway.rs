//! `smsd` with folders of its own, and a modem that only looks like one: a pseudo
//! terminal that answers its commands (3GPP TS 27.005) and takes the messages.

use std::{
    fs,
    fs::File,
    io::{Read, Write},
    os::fd::OwnedFd,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use nix::{
    pty::openpty,
    sys::{
        signal::{Signal, kill},
        termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr},
    },
    unistd::{Pid, ttyname},
};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// For a gateway that looks at its folder each second.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Gateway {
    folder: TempDir,
    smsd: Child,
    messages: UnboundedReceiver<Message>,
    /// Without it the line would hang up.
    _line: OwnedFd,
}

#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Gateway {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let folders = ["outgoing", "checked", "incoming", "sent", "failed"];
        let mut settings = String::from("devices = modem\nstats =\ndelaytime = 1\n");
        for name in folders {
            fs::create_dir(path(name)).unwrap();
            settings.push_str(&format!("{name} = {}\n", path(name)));
        }
        let ends = openpty(None, None).unwrap();
        let mut mode = tcgetattr(&ends.slave).unwrap();
        cfmakeraw(&mut mode);
        tcsetattr(&ends.slave, SetArg::TCSANOW, &mode).unwrap();
        let device = ttyname(&ends.slave).unwrap();
        settings.push_str(&format!(
            "[modem]\ndevice = {}\nincoming = no\n",
            device.display()
        ));
        fs::write(path("smsd.conf"), settings).unwrap();
        let (takes, messages) = unbounded_channel();
        thread::spawn(move || modem(ends.master.into(), &takes));
        let smsd = Command::new("smsd")
            .args(["-t".to_owned(), format!("-c{}", path("smsd.conf"))])
            .arg(format!("-i{}", path("running")))
            .arg(format!("-p{}", path("pid")))
            .arg(format!("-l{}", path("log")))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("smsd of the package smstools");
        Self {
            folder,
            smsd,
            messages,
            _line: ends.slave,
        }
    }

    pub(crate) fn outgoing(&self) -> PathBuf {
        self.folder.path().join("outgoing")
    }

    /// The next message that the modem is given.
    pub(crate) async fn message(&mut self) -> Message {
        let next = tokio::time::timeout(PATIENCE, self.messages.recv());
        next.await.expect("a message in time").unwrap()
    }

    /// All that the modem was given besides.
    pub(crate) fn more(&mut self) -> Vec<Message> {
        std::iter::from_fn(|| self.messages.try_recv().ok()).collect()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It takes those along that it has started.
        let _ = kill(Pid::from_raw(self.smsd.id().cast_signed()), Signal::SIGTERM);
        let _ = self.smsd.wait();
    }
}

/// Answers commands until the gateway hangs up.
fn modem(mut line: File, takes: &UnboundedSender<Message>) {
    let mut heard = Vec::new();
    let mut taking = false;
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = line.read(&mut buffer) {
        heard.extend_from_slice(&buffer[..count]);
        // A message ends with Ctrl-Z, a command with a carriage return.
        while let Some(end) = heard
            .iter()
            .position(|it| *it == if taking { 0x1a } else { b'\r' })
        {
            let said: Vec<u8> = heard.drain(..=end).collect();
            let said = String::from_utf8_lossy(&said[..end]).trim().to_owned();
            let answer = if taking {
                taking = false;
                let _ = takes.send(read_pdu(&said));
                "\r\n+CMGS: 1\r\n\r\nOK\r\n"
            } else if said.starts_with("AT+CMGS=") {
                taking = true;
                "\r\n> "
            } else if said == "AT+CREG?" {
                "\r\n+CREG: 0,1\r\n\r\nOK\r\n"
            } else if said == "AT+CPIN?" {
                "\r\n+CPIN: READY\r\n\r\nOK\r\n"
            } else if said == "AT+CSQ" {
                "\r\n+CSQ: 20,0\r\n\r\nOK\r\n"
            } else {
                "\r\nOK\r\n"
            };
            if line.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// An SMS-SUBMIT without a validity of its own or parts (3GPP TS 23.040, 9.2.2.2),
/// its text in UCS2.
fn read_pdu(hex: &str) -> Message {
    let octet = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    let octets: Vec<u8> = (0..hex.len()).step_by(2).map(octet).collect();
    // No number of the service centre, type, reference, length of the number, its kind.
    let (center, kind, digits) = (octets[0], octets[1], usize::from(octets[3]));
    assert_eq!((center, kind & 0x03, kind & 0x40), (0, 0x01, 0));
    let number = &octets[5..5 + digits.div_ceil(2)];
    let to = number
        .iter()
        .flat_map(|it| [it & 0x0f, it >> 4])
        .filter(|it| *it < 10)
        .map(|it| char::from(b'0' + it));
    let rest = &octets[5 + number.len()..];
    assert_eq!(rest[1] & 0x0c, 0x08, "UCS2");
    let validity = usize::from(kind & 0x18 == 0x10);
    let text = &rest[2 + validity + 1..];
    assert_eq!(text.len(), usize::from(rest[2 + validity]));
    let units = text.chunks(2).map(|it| u16::from_be_bytes([it[0], it[1]]));
    Message {
        to: to.collect(),
        text: String::from_utf16(&units.collect::<Vec<_>>()).unwrap(),
    }
}
