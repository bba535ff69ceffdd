//! Drivers of devices on a TCP connection.

use std::{fmt, io, time::Duration};

use socket2::{SockRef, TcpKeepalive};
use tokio::{net::TcpStream, sync::mpsc::UnboundedSender};

use crate::{
    Driver,
    actor::{self, Way},
};

const CONNECTING: Duration = Duration::from_secs(4);
/// A cable that was pulled is noticed after about twenty seconds of silence.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(4));

/// Starts the driver within the present Tokio runtime; it ends when the sender is
/// dropped. `address` is a host and a port.
pub fn start<D: Driver>(
    driver: D,
    address: String,
    tell: impl Fn(D::Event) + Send + 'static,
) -> UnboundedSender<D::Order> {
    actor::start(driver, Address(address), tell)
}

struct Address(String);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Way for Address {
    type Line = TcpStream;

    fn open(&self) -> impl Future<Output = io::Result<TcpStream>> + Send + 'static {
        let address = self.0.clone();
        async move {
            let stream = tokio::time::timeout(CONNECTING, TcpStream::connect(address)).await??;
            stream.set_nodelay(true)?;
            let keepalive = TcpKeepalive::new()
                .with_time(KEEPALIVE.0)
                .with_interval(KEEPALIVE.1)
                .with_retries(3);
            SockRef::from(&stream).set_tcp_keepalive(&keepalive)?;
            Ok(stream)
        }
    }
}
