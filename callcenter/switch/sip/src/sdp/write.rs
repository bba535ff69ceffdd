//! Writing a session description (RFC 8866).

use std::{
    fmt::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use super::{Audio, Codec, Description, Media, UnknownMedia};

impl Description {
    /// The body as it goes into a message of `application/sdp`.
    pub fn to_body(&self) -> Vec<u8> {
        let mut text = String::with_capacity(512);
        let origin = &self.origin;
        let address = connection(origin.address);
        // RFC 8866 §5.2: a user name is not needed, and nobody's here.
        let (session_id, version) = (origin.session_id, origin.version);
        line(&mut text, "v=0");
        line(&mut text, &format!("o=- {session_id} {version} {address}"));
        line(&mut text, "s=-");
        line(&mut text, &format!("c={address}"));
        line(&mut text, "t=0 0");
        for media in &self.media {
            match media {
                Media::Audio(audio) if audio.address.port() == 0 => write_refused(&mut text, audio),
                Media::Audio(audio) => write_audio(&mut text, audio),
                Media::Unknown(unknown) => write_unknown(&mut text, unknown),
            }
        }
        text.into_bytes()
    }
}

impl Audio {
    /// The same stream refused: port 0, the formats as they were listed (RFC 3264 §6).
    pub(super) fn refused(&self) -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
            ..self.clone()
        }
    }
}

impl UnknownMedia {
    pub(super) fn refused(&self) -> Self {
        Self {
            port: 0,
            ..self.clone()
        }
    }
}

fn connection(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("IN IP4 {address}"),
        IpAddr::V6(address) => format!("IN IP6 {address}"),
    }
}

fn line(text: &mut String, content: &str) {
    text.push_str(content);
    text.push_str("\r\n");
}

fn write_audio(text: &mut String, audio: &Audio) {
    let mut media = format!("m=audio {} {}", audio.address.port(), audio.profile.token());
    let formats = audio.formats.iter().map(|it| it.payload_type);
    let events = audio.telephone_events.iter().map(|it| it.payload_type);
    for payload_type in formats.chain(events) {
        // Writing to a string cannot fail.
        let _ = write!(media, " {payload_type}");
    }
    line(text, &media);
    line(text, &format!("c={}", connection(audio.address.ip())));
    for format in &audio.formats {
        let (payload_type, encoding) = (format.payload_type, format.codec.encoding());
        line(text, &format!("a=rtpmap:{payload_type} {encoding}"));
        if format.codec == Codec::Opus {
            // RFC 7587 §6.1: lost packets are made good from the next ones.
            line(text, &format!("a=fmtp:{payload_type} useinbandfec=1"));
        }
    }
    for event in &audio.telephone_events {
        let (payload_type, rate) = (event.payload_type, event.clock_rate);
        line(
            text,
            &format!("a=rtpmap:{payload_type} telephone-event/{rate}"),
        );
        // The sixteen keys (RFC 4733 §3.2).
        line(text, &format!("a=fmtp:{payload_type} 0-15"));
    }
    for crypto in &audio.crypto {
        line(text, &format!("a=crypto:{}", crypto.write()));
    }
    if let Some(ptime) = audio.ptime_ms {
        line(text, &format!("a=ptime:{ptime}"));
    }
    line(text, &format!("a={}", audio.direction.attribute()));
}

fn write_refused(text: &mut String, audio: &Audio) {
    let formats = audio.listed.join(" ");
    line(
        text,
        &format!("m=audio 0 {} {formats}", audio.profile.token()),
    );
}

fn write_unknown(text: &mut String, unknown: &UnknownMedia) {
    let UnknownMedia {
        kind,
        port,
        protocol,
        formats,
    } = unknown;
    line(text, &format!("m={kind} {port} {protocol} {formats}"));
}
