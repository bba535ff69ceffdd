//! SIP over UDP, screened.

use std::net::SocketAddr;

use rsipstack::platform::net::UdpSocket as StackSocket;
use sip::screen::{MESSAGE_MAX, Transport, too_large};
use socket2::SockRef;
use tokio::{net::UdpSocket, sync::Mutex};

use super::{Judgement, judge};

/// Messages that may wait for us, in octets: a few thousand, where the system lets us
/// have so much. Its own measure holds a hundred, and whoever is lost comes again
/// after half a second only.
const RECEIVE_BUFFER: usize = 4 << 20;

/// A socket whose reader sees nothing but what the screen has let through.
pub(crate) struct ScreenedSocket {
    socket: UdpSocket,
    received: Mutex<Vec<u8>>,
}

impl ScreenedSocket {
    pub(crate) fn new(socket: UdpSocket) -> Self {
        if let Err(error) = SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BUFFER) {
            tracing::debug!(%error, "Few messages may wait at the door");
        }
        Self {
            socket,
            received: Mutex::new(vec![0; MESSAGE_MAX]),
        }
    }

    async fn reply(&self, response: &[u8], source: SocketAddr) {
        if let Err(error) = self.socket.send_to(response, source).await {
            tracing::debug!(%source, %error, "Could not answer a message at the door");
        }
    }
}

#[async_trait::async_trait]
impl StackSocket for ScreenedSocket {
    async fn recv_from(&self, into: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        let mut received = self.received.lock().await;
        loop {
            let (length, source) = self.socket.recv_from(&mut received).await?;
            let bytes = received.get(..length).unwrap_or_default();
            match judge(bytes, Transport::Datagram, source) {
                Judgement::Forward(message) => {
                    // The stack reads into less than a datagram may hold.
                    if let Some(space) = into.get_mut(..message.len()) {
                        space.copy_from_slice(&message);
                        return Ok((message.len(), source));
                    }
                    if let Some(response) = too_large(bytes) {
                        self.reply(&response, source).await;
                    }
                }
                Judgement::Reply(response) => self.reply(&response, source).await,
                Judgement::Nothing => {}
            }
        }
    }

    async fn send_to(&self, bytes: &[u8], to: SocketAddr) -> rsipstack::Result<usize> {
        Ok(self.socket.send_to(bytes, to).await?)
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }
}
