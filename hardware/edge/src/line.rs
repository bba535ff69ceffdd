//! One client's line: messages in, messages out, until either side has enough.

use std::{
    io,
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc::{self, Sender},
    time::{MissedTickBehavior, interval},
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async_with_config,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};

use crate::{
    ClientId, Dialect, MESSAGE_MAX,
    edge::Happening,
    handshake::{Door, Doorkeeper, ROOT},
    message::Text,
    publisher::Publisher,
};

/// Messages that may wait for a client; one that reads more slowly is let go.
pub(crate) const UNREAD_MAX: usize = 256;
/// Between two questions whether the other end is still there, and after how many unanswered
/// it is not.
const PING: Duration = Duration::from_secs(20);
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// What all lines are opened with.
pub(crate) struct Opening {
    pub(crate) names: Vec<String>,
    pub(crate) dialect: Dialect,
    /// Such as `ws`.
    pub(crate) scheme: &'static str,
    /// What clients call this machine.
    pub(crate) host: Option<String>,
    pub(crate) happenings: Sender<Happening>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum LineFault {
    #[error("the line broke, or said what is no WebSocket")]
    Broken(#[from] tungstenite::Error),
    #[error("the client sent more than 64 KiB in one message")]
    TooLong,
    #[error("the client does not read what it is told")]
    Unread,
    #[error("the client says nothing any more")]
    Silent,
    #[error("the edge ends")]
    Ending,
    #[error("the client has no certificate that is trusted here")]
    NotLetIn(#[source] io::Error),
    #[error("the line has no address")]
    NoAddress(#[source] io::Error),
}

impl Opening {
    /// Opens the WebSocket within what the caller allows in time.
    pub(crate) async fn open<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> Result<(WebSocketStream<S>, Door), LineFault> {
        let mut door = None;
        let config = WebSocketConfig::default()
            .max_message_size(Some(MESSAGE_MAX))
            .max_frame_size(Some(MESSAGE_MAX));
        let doorkeeper = Doorkeeper {
            names: &self.names,
            door: &mut door,
        };
        let socket = accept_hdr_async_with_config(stream, doorkeeper, Some(config)).await?;
        // Whoever was let in was led somewhere.
        let door = door.ok_or(LineFault::Ending)?;
        Ok((socket, door))
    }

    /// Serves a line that was opened until it ends.
    pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        client: ClientId,
        local: SocketAddr,
        (socket, door): (WebSocketStream<S>, Door),
    ) -> Result<(), LineFault> {
        match door {
            Door::Publisher => publish(socket, &self.publisher(local)).await,
            Door::Service(place) => {
                let (send, unread) = mpsc::channel(UNREAD_MAX);
                let joined = Happening::Joined(client, place, send);
                self.happen(joined).await?;
                let ended = self.exchange(client, socket, unread).await;
                self.happen(Happening::Left(client)).await?;
                ended
            }
        }
    }

    fn publisher(&self, local: SocketAddr) -> Publisher {
        let scheme = self.scheme;
        let host = match &self.host {
            Some(host) => format!("{host}:{}", local.port()),
            None => local.to_string(),
        };
        let names = self.names.iter();
        let addresses = names.map(|name| format!("{scheme}://{host}{ROOT}/{name}"));
        Publisher {
            dialect: self.dialect,
            addresses: addresses.collect(),
        }
    }

    async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        client: ClientId,
        socket: WebSocketStream<S>,
        mut unread: mpsc::Receiver<Text>,
    ) -> Result<(), LineFault> {
        let (mut sink, mut stream) = socket.split();
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                message = stream.next() => {
                    heard = Instant::now();
                    match received(message)? {
                        Received::Nothing => {}
                        Received::Ended => return Ok(()),
                        Received::Bytes(bytes) => {
                            self.happen(Happening::Received(client, bytes)).await?;
                        }
                    }
                }
                text = unread.recv() => match text {
                    Some(text) => {
                        // A client that takes nothing is as good as gone.
                        let said = sink.send(Message::text(text.reveal().as_str()));
                        tokio::time::timeout(SILENCE_MAX, said)
                            .await
                            .map_err(|_| LineFault::Unread)??;
                    }
                    // The edge has let it go.
                    None => return Err(LineFault::Unread),
                },
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE_MAX {
                        return Err(LineFault::Silent);
                    }
                    sink.send(Message::Ping(tungstenite::Bytes::new())).await?;
                }
            }
        }
    }

    async fn happen(&self, happening: Happening) -> Result<(), LineFault> {
        let sent = self.happenings.send(happening).await;
        sent.map_err(|_| LineFault::Ending)
    }
}

async fn publish<S: AsyncRead + AsyncWrite + Unpin>(
    mut socket: WebSocketStream<S>,
    publisher: &Publisher,
) -> Result<(), LineFault> {
    loop {
        let next = tokio::time::timeout(SILENCE_MAX, socket.next()).await;
        match received(next.map_err(|_| LineFault::Silent)?)? {
            Received::Nothing => {}
            Received::Ended => return Ok(()),
            Received::Bytes(bytes) => {
                for text in publisher.answer(&bytes) {
                    socket.send(Message::text(text.reveal().as_str())).await?;
                }
            }
        }
    }
}

enum Received {
    Nothing,
    Bytes(Vec<u8>),
    Ended,
}

fn received(message: Option<Result<Message, tungstenite::Error>>) -> Result<Received, LineFault> {
    Ok(match message {
        Some(Ok(Message::Text(text))) => Received::Bytes(text.as_bytes().to_vec()),
        Some(Ok(Message::Binary(bytes))) => Received::Bytes(bytes.to_vec()),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Received::Nothing,
        Some(Ok(Message::Close(_))) | None => Received::Ended,
        Some(Err(tungstenite::Error::ConnectionClosed)) => Received::Ended,
        Some(Err(tungstenite::Error::Capacity(_))) => return Err(LineFault::TooLong),
        Some(Err(error)) => return Err(error.into()),
    })
}
