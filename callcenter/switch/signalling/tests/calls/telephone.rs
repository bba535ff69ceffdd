//! A telephone that sends what it is told to, byte for byte.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{self, ClientConfig, RootCertStore, pki_types::ServerName},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// An offer of G.711.
pub(crate) const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 41000 RTP/AVP 0\r\n";

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

enum Way {
    Udp(UdpSocket, SocketAddr),
    Stream(Box<dyn Stream>),
}

pub(crate) struct Telephone {
    way: Way,
    transport: &'static str,
    pub(crate) address: SocketAddr,
    received: Vec<u8>,
}

impl Telephone {
    pub(crate) async fn over_udp(house: SocketAddr) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        Self::new(Way::Udp(socket, house), "UDP", address)
    }

    pub(crate) async fn over_tcp(house: SocketAddr) -> Self {
        let stream = TcpStream::connect(house).await.unwrap();
        let address = stream.local_addr().unwrap();
        Self::new(Way::Stream(Box::new(stream)), "TCP", address)
    }

    pub(crate) async fn over_tls(house: SocketAddr, roots: RootCertStore) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(house).await.unwrap();
        let address = stream.local_addr().unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = TlsConnector::from(Arc::new(config));
        let stream = connector.connect(name, stream).await.unwrap();
        Self::new(Way::Stream(Box::new(stream)), "TLS", address)
    }

    fn new(way: Way, transport: &'static str, address: SocketAddr) -> Self {
        Self {
            way,
            transport,
            address,
            received: Vec::new(),
        }
    }

    /// A request with the headers it needs, and those given.
    pub(crate) fn request(&self, line: &str, sequence: u32, more: &[&str], body: &str) -> String {
        let Self {
            transport, address, ..
        } = self;
        let method = line.split(' ').next().unwrap();
        let mut text = format!(
            "{line} SIP/2.0\r\n\
             Via: SIP/2.0/{transport} {address};branch=z9hG4bK{method}{sequence}{port}\r\n\
             Max-Forwards: 70\r\n\
             From: <sip:agent1@example.com>;tag=f{port}\r\n\
             Call-ID: c{port}\r\n\
             CSeq: {sequence} {method}\r\n",
            port = address.port(),
        );
        if !more.iter().any(|it| it.starts_with("To:")) {
            text.push_str("To: <sip:agent1@example.com>\r\n");
        }
        if !more.iter().any(|it| it.contains("Contact")) {
            text.push_str(&format!("Contact: <sip:agent1@{address}>\r\n"));
        }
        for header in more {
            text.push_str(header);
            text.push_str("\r\n");
        }
        if !body.is_empty() {
            text.push_str("Content-Type: application/sdp\r\n");
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        text
    }

    pub(crate) async fn says(&mut self, message: &str) {
        match &mut self.way {
            Way::Udp(socket, house) => {
                socket.send_to(message.as_bytes(), *house).await.unwrap();
            }
            Way::Stream(stream) => {
                stream.write_all(message.as_bytes()).await.unwrap();
                stream.flush().await.unwrap();
            }
        }
    }

    /// The next message; of 100 nobody hears.
    pub(crate) async fn hears(&mut self) -> String {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.message())
                .await
                .expect("a message comes");
            if !message.starts_with("SIP/2.0 100") {
                return message;
            }
        }
    }

    /// The next message but for what says that a call is on its way.
    pub(crate) async fn hears_final(&mut self) -> String {
        loop {
            let message = self.hears().await;
            if !message.starts_with("SIP/2.0 1") {
                return message;
            }
        }
    }

    async fn message(&mut self) -> String {
        let mut chunk = vec![0; 65_535];
        match &mut self.way {
            Way::Udp(socket, _) => {
                let length = socket.recv(&mut chunk).await.unwrap();
                text(&chunk[..length])
            }
            Way::Stream(stream) => loop {
                if let sip::framing::Frame::Complete(length) = sip::framing::first(&self.received)
                    && !self.received.is_empty()
                {
                    return text(&self.received.drain(..length).collect::<Vec<u8>>());
                }
                let length = stream.read(&mut chunk).await.unwrap();
                assert!(length > 0, "the house closed the connection");
                self.received.extend_from_slice(&chunk[..length]);
            },
        }
    }

    /// Whether the house closes the connection, saying nothing more.
    pub(crate) async fn is_hung_up_on(&mut self) -> bool {
        let Way::Stream(stream) = &mut self.way else {
            return false;
        };
        let reading = stream.read_to_end(&mut self.received);
        // An error is a connection closed, too.
        tokio::time::timeout(PATIENCE, reading).await.is_ok() && self.received.is_empty()
    }

    /// A response to a request of the house, as its headers want it.
    pub(crate) fn response(&self, request: &str, status: &str, body: &str) -> String {
        let mut text = format!("SIP/2.0 {status}\r\n");
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            let tag = if name == "To" && !header(request, name).contains("tag=") {
                ";tag=callee"
            } else {
                ""
            };
            text.push_str(&format!("{name}: {}{tag}\r\n", header(request, name)));
        }
        text.push_str(&format!("Contact: <sip:agent1@{}>\r\n", self.address));
        if !body.is_empty() {
            text.push_str("Content-Type: application/sdp\r\n");
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        text
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The value of a header.
pub(crate) fn header<'a>(message: &'a str, name: &str) -> &'a str {
    let line = message
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {name} in {message}"))
}

/// What proves a password against the first challenge of a 401, with SHA-256.
pub(crate) fn proof(challenged: &str, method: &str, uri: &str, password: &str) -> String {
    let challenge = header(challenged, "WWW-Authenticate");
    assert!(challenge.contains("algorithm=SHA-256"), "{challenge}");
    let part = |name: &str| {
        let (_, rest) = challenge.split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap()
    };
    let hash = |text: String| -> String {
        let digest = Sha256::digest(text);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let (realm, nonce) = (part("realm"), part("nonce"));
    let known = hash(format!("agent1:{realm}:{password}"));
    let asked = hash(format!("{method}:{uri}"));
    let response = hash(format!("{known}:{nonce}:00000001:cn:auth:{asked}"));
    format!(
        "Authorization: Digest username=\"agent1\", realm=\"{realm}\", nonce=\"{nonce}\", \
         uri=\"{uri}\", response=\"{response}\", algorithm=SHA-256, cnonce=\"cn\", qop=auth, nc=00000001"
    )
}
