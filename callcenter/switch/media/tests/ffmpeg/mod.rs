//! ffmpeg as a telephone of somebody else's making.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
    time::Duration,
};

use media::codec::Codec;

use crate::telephone::{pair, payload_type};

/// A suite's name and key and salt in base64, as in `a=crypto`.
pub(crate) type Crypto = (&'static str, String);

const PATIENCE: Duration = Duration::from_secs(60);

fn ffmpeg() -> Command {
    let mut command = Command::new("ffmpeg");
    command
        .args(["-hide_banner", "-loglevel", "error", "-nostdin"])
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// Says a tone until it is dropped.
pub(crate) struct Speaker {
    child: Child,
}

impl Speaker {
    pub(crate) fn start(
        address: SocketAddr,
        to: SocketAddr,
        codec: Codec,
        hertz: f64,
        crypto: Option<Crypto>,
    ) -> Self {
        let rate = codec.clock_rate();
        let encoder = match codec {
            Codec::Pcmu => "pcm_mulaw",
            Codec::Pcma => "pcm_alaw",
            Codec::Opus => "libopus",
        };
        let mut command = ffmpeg();
        command
            .args(["-re", "-f", "lavfi", "-i"])
            .arg(format!("sine=frequency={hertz}:sample_rate={rate}"))
            .args([
                "-t",
                "60",
                "-ac",
                "1",
                "-c:a",
                encoder,
                "-f",
                "rtp",
                "-payload_type",
            ])
            .arg(payload_type(codec).to_string());
        let mut scheme = "rtp";
        if let Some((suite, key)) = crypto {
            command.args(["-srtp_out_suite", suite, "-srtp_out_params", &key]);
            scheme = "srtp";
        }
        // 20 ms of G.711 in a packet; Opus has frames of its own.
        let size = if codec == Codec::Opus { 1_200 } else { 172 };
        command.arg(format!(
            "{scheme}://{to}?pkt_size={size}&localrtpport={}",
            address.port()
        ));
        let child = command
            .spawn()
            .expect("ffmpeg (Debian package) can be started");
        Self { child }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Listens for two seconds.
pub(crate) struct Listener {
    pub(crate) address: SocketAddr,
    folder: tempfile::TempDir,
}

pub(crate) struct Listening {
    folder: tempfile::TempDir,
    child: Child,
}

impl Listener {
    pub(crate) fn new(codec: Codec, crypto: Option<Crypto>) -> Self {
        let address = free_address();
        let folder = tempfile::tempdir().unwrap();
        let description = description(address, codec, crypto);
        fs::write(folder.path().join("session.sdp"), description).unwrap();
        Self { address, folder }
    }

    pub(crate) fn start(self) -> Listening {
        let child = ffmpeg()
            .args(["-protocol_whitelist", "file,udp,rtp,srtp", "-i"])
            .arg(self.folder.path().join("session.sdp"))
            .args(["-t", "2", "-f", "s16le", "-ar", "8000", "-ac", "1"])
            .arg(heard(self.folder.path()))
            .spawn()
            .expect("ffmpeg (Debian package) can be started");
        Listening {
            folder: self.folder,
            child,
        }
    }
}

impl Listening {
    /// What it heard, at 8 kHz.
    pub(crate) fn heard(mut self) -> Vec<i16> {
        let (tell, told) = channel();
        let id = self.child.id();
        std::thread::spawn(move || tell.send(self.child.wait()));
        let ended = told
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| panic!("ffmpeg {id} heard nothing"));
        assert!(ended.unwrap().success());
        let octets = fs::read(heard(self.folder.path())).unwrap();
        octets
            .chunks_exact(2)
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect()
    }
}

fn heard(folder: &Path) -> std::path::PathBuf {
    folder.join("heard.raw")
}

pub(crate) fn free_address() -> SocketAddr {
    pair().0.local_addr().unwrap()
}

fn description(address: SocketAddr, codec: Codec, crypto: Option<Crypto>) -> String {
    let (host, port, kind) = (address.ip(), address.port(), payload_type(codec));
    let name = match codec {
        Codec::Pcmu => "PCMU/8000",
        Codec::Pcma => "PCMA/8000",
        Codec::Opus => "opus/48000/2",
    };
    let profile = if crypto.is_some() { "SAVP" } else { "AVP" };
    let mut text = format!(
        "v=0\r\no=- 0 0 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n\
         m=audio {port} RTP/{profile} {kind}\r\na=rtpmap:{kind} {name}\r\n"
    );
    if let Some((suite, key)) = crypto {
        text.push_str(&format!("a=crypto:1 {suite} inline:{key}\r\n"));
    }
    text
}
