//! Frames as the module hears them (Modbus RTU), told apart by their lengths and sums.

/// The longest that is understood: fifteen coils' worth of bytes and what stands around them.
pub(super) const LONGEST: usize = 64;

pub(super) struct Frame {
    pub(super) unit: u8,
    pub(super) function: u8,
    pub(super) request: Request,
}

#[derive(Clone, Copy)]
pub(super) enum Request {
    ReadCoils { first: u16, count: u16 },
    ReadInputs { first: u16, count: u16 },
    WriteCoils { first: u16, count: u16, on: u8 },
    Other,
}

/// The first whole frame of what was heard, and where it ends.
pub(super) fn first(heard: &[u8]) -> Option<(Frame, usize)> {
    (0..heard.len()).find_map(|begin| {
        let heard = heard.get(begin..)?;
        let (frame, length) = read(heard)?;
        Some((frame, begin + length))
    })
}

fn read(heard: &[u8]) -> Option<(Frame, usize)> {
    let [unit, function, a, b, c, d, ..] = *heard else {
        return None;
    };
    let (first, count) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let (request, length) = match function {
        1 => (Request::ReadCoils { first, count }, 8),
        2 => (Request::ReadInputs { first, count }, 8),
        15 => {
            let (bytes, on) = (*heard.get(6)?, *heard.get(7)?);
            let request = Request::WriteCoils { first, count, on };
            (request, 9 + usize::from(bytes))
        }
        3..=6 => (Request::Other, 8),
        _ => return None,
    };
    let frame = heard.get(..length)?;
    let (said, sum) = frame.split_last_chunk()?;
    let request = Frame {
        unit,
        function,
        request,
    };
    (crc(said) == u16::from_le_bytes(*sum)).then_some((request, length))
}

pub(super) fn exception(frame: &Frame, code: u8) -> Vec<u8> {
    sealed(vec![frame.unit, frame.function | 0x80, code])
}

/// With its sum behind it.
pub(super) fn sealed(mut frame: Vec<u8>) -> Vec<u8> {
    let sum = crc(&frame);
    frame.extend(sum.to_le_bytes());
    frame
}

fn crc(bytes: &[u8]) -> u16 {
    let mut sum = 0xffff_u16;
    for byte in bytes {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            let odd = sum & 1 == 1;
            sum >>= 1;
            if odd {
                sum ^= 0xa001;
            }
        }
    }
    sum
}
