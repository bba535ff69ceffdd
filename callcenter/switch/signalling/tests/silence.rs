//! Nobody is in the log: no number, no name, no key pressed.

#![allow(clippy::unwrap_used)]

#[path = "calls/operator.rs"]
#[expect(dead_code, reason = "other tests hear more")]
mod operator;
#[path = "calls/sipp.rs"]
#[expect(dead_code, reason = "other tests play more")]
mod sipp;

use std::{
    io,
    sync::{Arc, Mutex},
};

use operator::Operator;
use signalling::{Event, LOG_DIRECTIVE};
use sipp::Sipp;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// The caller of the scenario, the name beside the number, and the key pressed.
const PERSONAL: [&str; 3] = ["0212345678", "\"Caller\"", "Signal=5"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything that is logged while a call comes in, keys are pressed and a
/// message is refused at the door. The test's thread runs all of it.
async fn logged(filter: EnvFilter) -> String {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let mut operator = Operator::open().await;
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let refused = "INVITE tel:0212345678 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\n\
                   From: \"Caller\" <sip:0212345678@a>;tag=1\r\nTo: <sip:110@a>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
    let address = operator.address();
    stranger.send_to(refused.as_bytes(), address).await.unwrap();
    let caller = Sipp::scenario("caller_presses_keys", address, &[]);
    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    while !matches!(operator.hears().await, Event::Ended { .. }) {}
    caller.succeeds().await;
    let log = log.0.lock().unwrap().clone();
    String::from_utf8(log).unwrap()
}

#[tokio::test]
async fn with_the_directive_the_log_names_nobody_even_at_trace() {
    let filter = EnvFilter::new("trace").add_directive(LOG_DIRECTIVE.parse().unwrap());

    let log = logged(filter).await;

    assert!(log.contains("Answered a message at the door"), "{log}");
    for personal in PERSONAL {
        assert!(!log.contains(personal), "{personal} is in the log");
    }
}

/// What the directive is for: should this fail, the stack has learnt to be silent.
#[tokio::test]
async fn without_the_directive_the_stack_tells_everything() {
    let log = logged(EnvFilter::new("info")).await;

    assert!(log.contains("0212345678"));
}
