//! The front: every byte from outside passes the screen before the stack.

mod datagrams;
mod streams;

use std::net::SocketAddr;

use sip::screen::{Transport, Verdict, screen};

pub(crate) use datagrams::ScreenedSocket;
pub(crate) use streams::{Kind, Streams, Tls};

/// What is to be done with a message.
enum Judgement {
    Forward(Vec<u8>),
    Reply(Vec<u8>),
    Nothing,
}

fn judge(bytes: &[u8], transport: Transport, source: SocketAddr) -> Judgement {
    match screen(bytes, transport) {
        Verdict::Pass => Judgement::Forward(bytes.to_vec()),
        Verdict::Repaired(plain) => Judgement::Forward(plain),
        Verdict::Answer {
            status, response, ..
        } => {
            tracing::debug!(%source, status, "Answered a message at the door");
            Judgement::Reply(response)
        }
        Verdict::Drop(why) => {
            tracing::debug!(%source, ?why, "Dropped a message at the door");
            Judgement::Nothing
        }
    }
}
