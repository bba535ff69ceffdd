//! A station's line to the switch: frames over TLS.

use std::{future::pending, time::Duration};

use cti::{Frames, FromDesk, FromSwitch, LineEvent, frame};
use identity::Clock;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use crate::SwitchAddress;

/// A switch that does not read for so long is gone.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
const READ_MOST: usize = 4_096;

/// What came of it is for the machine at this end ([`cti::DeskEnd`], [`cti::KioskEnd`]).
pub struct SwitchLine {
    address: SwitchAddress,
    clock: Clock,
    stream: Option<TlsStream<TcpStream>>,
    frames: Frames,
}

impl SwitchLine {
    /// Down. Certificates are judged by `clock`.
    pub fn new(address: SwitchAddress, clock: Clock) -> Self {
        Self {
            address,
            clock,
            stream: None,
            frames: Frames::default(),
        }
    }

    /// Does [`cti::LineCommand::Connect`].
    pub async fn connect(&mut self) -> LineEvent {
        match self.address.connect(self.clock.clone()).await {
            Ok(stream) => {
                self.stream = Some(stream);
                LineEvent::Connected
            }
            Err(error) => {
                tracing::debug!(cause = ?error, "The switch cannot be reached");
                LineEvent::Disconnected
            }
        }
    }

    /// Does [`cti::LineCommand::Send`]; answers when the line is lost by it.
    pub async fn send(&mut self, said: &FromDesk) -> Option<LineEvent> {
        let (Some(stream), Ok(octets)) = (self.stream.as_mut(), frame::write(said)) else {
            return None;
        };
        let writing = async {
            stream.write_all(&octets).await?;
            stream.flush().await
        };
        let written = matches!(timeout(WRITE_WITHIN, writing).await, Ok(Ok(())));
        (!written).then(|| self.lost())
    }

    /// Does [`cti::LineCommand::Disconnect`].
    pub fn disconnect(&mut self) {
        self.stream = None;
        self.frames = Frames::default();
    }

    /// Waits until a frame is there, or the line is lost; for ever while it is down.
    /// Nothing is lost when the wait is given up.
    pub async fn hear(&mut self) -> LineEvent {
        let mut octets = [0; READ_MOST];
        loop {
            let Some(stream) = self.stream.as_mut() else {
                return pending().await;
            };
            match self.frames.take::<FromSwitch>() {
                Ok(Some(frame)) => return LineEvent::Received(Ok(frame)),
                Err(fault) => return LineEvent::Received(Err(fault)),
                Ok(None) => {}
            }
            match stream.read(&mut octets).await {
                Ok(0) | Err(_) => return self.lost(),
                Ok(count) => self.frames.push(octets.get(..count).unwrap_or_default()),
            }
        }
    }

    fn lost(&mut self) -> LineEvent {
        self.disconnect();
        LineEvent::Disconnected
    }
}
