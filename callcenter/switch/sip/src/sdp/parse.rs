//! Reading a session description (RFC 8866).

use std::net::{IpAddr, SocketAddr};

use thiserror::Error;

use super::{
    Audio, Codec, CryptoAttribute, Description, Direction, Format, Media, Origin, Profile,
    TelephoneEvent, UnknownMedia,
};

const BYTES_MAX: usize = 16_384;
const MEDIA_MAX: usize = 16;
const FORMATS_MAX: usize = 64;

/// Why a body is no session description. Says where, never what.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Malformed {
    #[error("the description is too long or has too many streams")]
    TooLong,
    #[error("the description is not text")]
    NotText,
    #[error("line {0} of the description is malformed")]
    Line(usize),
    #[error("the description has no {0} line")]
    Missing(&'static str),
}

/// An `m=` line with the attributes that followed it, not yet understood.
struct Section<'a> {
    line: usize,
    kind: &'a str,
    port: u16,
    protocol: &'a str,
    formats: Vec<&'a str>,
    connection: Option<IpAddr>,
    attributes: Vec<&'a str>,
}

impl Description {
    /// Reads a body of `application/sdp`. Lines may end in LF alone.
    ///
    /// # Errors
    /// When a line that matters here is missing or malformed; what does not
    /// matter (bandwidth, time zones, unknown attributes) is skipped.
    pub fn parse(body: &[u8]) -> Result<Self, Malformed> {
        if body.len() > BYTES_MAX {
            return Err(Malformed::TooLong);
        }
        let text = std::str::from_utf8(body).map_err(|_| Malformed::NotText)?;
        let mut origin = None;
        let mut version_seen = false;
        let mut connection = None;
        let mut direction = Direction::default();
        let mut sections: Vec<Section<'_>> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line_number = index + 1;
            if line.is_empty() {
                continue;
            }
            let (kind, value) = line.split_once('=').ok_or(Malformed::Line(line_number))?;
            if index == 0 && kind != "v" {
                return Err(Malformed::Missing("v="));
            }
            let section = sections.last_mut();
            match (kind, section) {
                ("v", None) if value == "0" => version_seen = true,
                ("v", _) => return Err(Malformed::Line(line_number)),
                ("o", None) => {
                    origin = Some(parse_origin(value).ok_or(Malformed::Line(line_number))?);
                }
                ("c", section) => {
                    let address = parse_connection(value).ok_or(Malformed::Line(line_number))?;
                    match section {
                        Some(section) => section.connection = Some(address),
                        None => connection = Some(address),
                    }
                }
                ("m", _) => {
                    if sections.len() == MEDIA_MAX {
                        return Err(Malformed::TooLong);
                    }
                    sections.push(parse_media(value, line_number)?);
                }
                ("a", Some(section)) => section.attributes.push(value),
                ("a", None) => {
                    direction = Direction::of_attribute(value).unwrap_or(direction);
                }
                (_, _) if kind.len() != 1 => return Err(Malformed::Line(line_number)),
                (_, _) => {}
            }
        }
        if !version_seen {
            return Err(Malformed::Missing("v="));
        }
        let media = sections
            .into_iter()
            .map(|section| section.understood(connection, direction))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            origin: origin.ok_or(Malformed::Missing("o="))?,
            media,
        })
    }
}

/// `username sess-id sess-version nettype addrtype address`. Numbers longer
/// than 64 bits exist (RFC 8866 lets them) and are cut to their last digits.
fn parse_origin(value: &str) -> Option<Origin> {
    let parts: Vec<&str> = value.split_ascii_whitespace().collect();
    let [_, session_id, version, network, _, address] = parts.as_slice() else {
        return None;
    };
    if *network != "IN" {
        return None;
    }
    Some(Origin {
        session_id: parse_number(session_id)?,
        version: parse_number(version)?,
        // Host names are allowed there and mean nothing to us.
        address: address
            .parse()
            .unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED)),
    })
}

fn parse_number(digits: &str) -> Option<u64> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let last = digits.len().saturating_sub(18);
    digits.get(last..)?.parse().ok()
}

/// `IN IP4 192.0.2.1`, `IN IP6 ::1`. A host name is refused: whoever sends
/// sound to a name could be made to send it anywhere.
fn parse_connection(value: &str) -> Option<IpAddr> {
    let parts: Vec<&str> = value.split_ascii_whitespace().collect();
    let [network, family, address] = parts.as_slice() else {
        return None;
    };
    let address: IpAddr = address.split('/').next()?.parse().ok()?;
    let fits = match *family {
        "IP4" => address.is_ipv4(),
        "IP6" => address.is_ipv6(),
        _ => false,
    };
    (*network == "IN" && fits && !address.is_multicast()).then_some(address)
}

fn parse_media(value: &str, line: usize) -> Result<Section<'_>, Malformed> {
    let mut parts = value.split_ascii_whitespace();
    let mut next = || parts.next().ok_or(Malformed::Line(line));
    let kind = next()?;
    let port = next()?;
    let protocol = next()?;
    // `49170/2` are two ports; we use the first.
    let port = port.split('/').next().unwrap_or_default();
    let formats: Vec<&str> = parts.collect();
    if formats.is_empty() {
        return Err(Malformed::Line(line));
    }
    if formats.len() > FORMATS_MAX {
        return Err(Malformed::TooLong);
    }
    Ok(Section {
        line,
        kind,
        port: port.parse().map_err(|_| Malformed::Line(line))?,
        protocol,
        formats,
        connection: None,
        attributes: Vec::new(),
    })
}

impl Section<'_> {
    fn understood(
        self,
        connection: Option<IpAddr>,
        direction: Direction,
    ) -> Result<Media, Malformed> {
        let profile = Profile::of_token(self.protocol).filter(|_| self.kind == "audio");
        let Some(profile) = profile else {
            return Ok(Media::Unknown(UnknownMedia {
                kind: self.kind.to_owned(),
                port: self.port,
                protocol: self.protocol.to_owned(),
                formats: self.formats.join(" "),
            }));
        };
        let address = match self.connection.or(connection) {
            Some(address) => address,
            // A refused stream needs no address.
            None if self.port == 0 => IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
            None => return Err(Malformed::Missing("c=")),
        };
        let mut audio = Audio {
            address: SocketAddr::new(address, self.port),
            profile,
            formats: Vec::new(),
            telephone_events: Vec::new(),
            ptime_ms: None,
            direction,
            crypto: Vec::new(),
            listed: self.formats.iter().map(|&it| it.to_owned()).collect(),
        };
        for attribute in &self.attributes {
            let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
            match name {
                "ptime" => audio.ptime_ms = value.trim().parse().ok(),
                "crypto" => audio.crypto.extend(CryptoAttribute::parse(value)),
                _ => {
                    audio.direction = Direction::of_attribute(attribute).unwrap_or(audio.direction);
                }
            }
        }
        for format in &self.formats {
            let payload_type: u8 = format
                .parse()
                .ok()
                .filter(|it| *it < 128)
                .ok_or(Malformed::Line(self.line))?;
            self.add_format(payload_type, &mut audio);
        }
        Ok(Media::Audio(audio))
    }

    fn add_format(&self, payload_type: u8, audio: &mut Audio) {
        match self.encoding_of(payload_type) {
            Some(encoding) => {
                if let Some(codec) = Codec::of_encoding(encoding) {
                    audio.formats.push(Format {
                        payload_type,
                        codec,
                    });
                } else if let Some(clock_rate) = telephone_event_rate(encoding) {
                    audio.telephone_events.push(TelephoneEvent {
                        payload_type,
                        clock_rate,
                    });
                }
            }
            None => audio
                .formats
                .extend(Codec::of_static(payload_type).map(|codec| Format {
                    payload_type,
                    codec,
                })),
        }
    }

    fn encoding_of(&self, payload_type: u8) -> Option<&str> {
        self.attributes.iter().find_map(|attribute| {
            let (number, encoding) = attribute
                .strip_prefix("rtpmap:")?
                .split_once(char::is_whitespace)?;
            (number.parse() == Ok(payload_type)).then(|| encoding.trim())
        })
    }
}

fn telephone_event_rate(encoding: &str) -> Option<u32> {
    let (name, rate) = encoding.split_once('/')?;
    if !name.eq_ignore_ascii_case("telephone-event") {
        return None;
    }
    rate.parse().ok()
}
