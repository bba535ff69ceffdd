//! A desk's line, as honest or as rude as a story wants it.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use cti::{Closing, Event, Frames, FromDesk, FromSwitch, Request, SignedIn, VERSION, frame};
use identity::Credentials;
use privacy::Personal;
use request::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream, rustls::pki_types::ServerName};

use crate::office::PASSPHRASE;

/// Longer than anything here takes; a story that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct DeskLine {
    stream: TlsStream<TcpStream>,
    frames: Frames,
}

impl DeskLine {
    /// Connects and says nothing.
    pub(crate) async fn connect(switch: SocketAddr, credentials: &Path) -> Self {
        let own = Credentials::read(credentials).unwrap();
        let wall = std::time::SystemTime::now();
        let since = wall.duration_since(std::time::UNIX_EPOCH).unwrap();
        let now = Timestamp::from_millis(since.as_millis().try_into().unwrap());
        let config = identity::client(own, identity::Clock::new(move || now)).unwrap();
        let tcp = TcpStream::connect(switch).await.unwrap();
        let name = ServerName::from(switch.ip());
        let connector = TlsConnector::from(Arc::new(config));
        Self {
            stream: connector.connect(name, tcp).await.unwrap(),
            frames: Frames::default(),
        }
    }

    pub(crate) async fn greets(switch: SocketAddr, credentials: &Path) -> Self {
        let mut line = Self::connect(switch, credentials).await;
        line.says(&FromDesk::Hello { version: VERSION }).await;
        let hello = line.hears().await;
        assert_eq!(hello, Some(FromSwitch::Hello { version: VERSION }));
        line
    }

    pub(crate) async fn says(&mut self, said: &FromDesk) {
        let octets = frame::write(said).unwrap();
        self.sends(&octets).await.unwrap();
    }

    pub(crate) async fn sends(&mut self, octets: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(octets).await?;
        self.stream.flush().await
    }

    pub(crate) async fn asks(&mut self, request: Request) {
        self.says(&FromDesk::Request(request)).await;
    }

    /// What comes next but heartbeats, which are answered; `None` once it is closed.
    pub(crate) async fn hears(&mut self) -> Option<FromSwitch> {
        loop {
            if let Some(frame) = self.frames.take::<FromSwitch>().unwrap() {
                let FromSwitch::Heartbeat { number } = frame else {
                    return Some(frame);
                };
                self.says(&FromDesk::HeartbeatHeard { number }).await;
                continue;
            }
            let mut octets = [0; 4_096];
            let reading = timeout(PATIENCE, self.stream.read(&mut octets));
            match reading.await.expect("nothing is heard of the switch") {
                Ok(count @ 1..) => self.frames.push(&octets[..count]),
                Ok(0) | Err(_) => return None,
            }
        }
    }

    /// Reads on until an event is the one that is waited for.
    pub(crate) async fn is_told<T>(&mut self, is_it: impl Fn(&Event) -> Option<T>) -> T {
        loop {
            match self.hears().await {
                Some(FromSwitch::Event(event)) => {
                    if let Some(found) = is_it(&event) {
                        return found;
                    }
                }
                other => panic!("{other:?} came instead"),
            }
        }
    }

    /// Reads on until the switch has closed the line and said why.
    pub(crate) async fn is_closed(&mut self) -> Closing {
        let mut said = None;
        while let Some(frame) = self.hears().await {
            if let FromSwitch::Closing { why } = frame {
                said = Some(why);
            }
        }
        said.expect("the line was closed without a word")
    }

    pub(crate) async fn signs_in(&mut self, account: &str) -> Box<SignedIn> {
        self.tries(account, PASSPHRASE).await;
        self.is_signed_in().await
    }

    pub(crate) async fn tries(&mut self, account: &str, passphrase: &str) {
        self.says(&FromDesk::SignIn {
            account: account.to_owned(),
            passphrase: Personal::new(passphrase.to_owned()),
        })
        .await;
    }

    pub(crate) async fn is_signed_in(&mut self) -> Box<SignedIn> {
        match self.hears().await {
            Some(FromSwitch::SignedIn(signed_in)) => signed_in,
            other => panic!("{other:?} came instead"),
        }
    }

    pub(crate) async fn is_refused(&mut self) -> cti::SignInRefusal {
        match self.hears().await {
            Some(FromSwitch::SignInRefused { why }) => why,
            other => panic!("{other:?} came instead"),
        }
    }
}
