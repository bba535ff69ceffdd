//! From where somebody comes to the console, as far as guessing goes.

use std::net::{IpAddr, SocketAddr};

use axum::{extract::connect_info::Connected, serve::IncomingStream};

use crate::http::LineListener;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, LineListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, LineListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Peer {
    pub(super) fn place(self) -> IpAddr {
        self.0.ip().to_canonical()
    }
}
