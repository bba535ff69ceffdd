//! Escapes in URIs of what we send.

use rsipstack::{sip::SipMessage, transaction::endpoint::MessageInspector, transport::SipAddr};

/// The stack reads `%6C` in a user part as three letters and writes `%256C`.
/// What it is to write is therefore given to it without escapes.
pub(crate) struct Unescaping;

impl MessageInspector for Unescaping {
    fn before_send(&self, mut message: SipMessage, _: Option<&SipAddr>) -> SipMessage {
        if let SipMessage::Request(request) = &mut message
            && let Some(auth) = &mut request.uri.auth
        {
            auth.user = sip::escape::decoded(&auth.user);
        }
        message
    }

    fn after_received(&self, message: SipMessage, _: Option<&SipAddr>) -> SipMessage {
        message
    }
}
