//! Our frames are those of somebody else's ccTalk library, byte for byte.

use cc_talk_core::cc_talk::{
    Category, ChecksumType, Device, Header, Packet, deserializer::deserialize,
    serializer::serialize,
};
use drivers::cash::cctalk::{Frame, HOST, OVERHEAD};
use proptest::prelude::*;

fn foreign(frame: &Frame, header: Header) -> Vec<u8> {
    let mut packet = Packet::new(vec![0; OVERHEAD + frame.data.len()]);
    packet.set_destination(frame.destination).unwrap();
    packet.set_source(frame.source).unwrap();
    packet.set_header(header).unwrap();
    packet.set_data(&frame.data).unwrap();
    let device = Device::new(frame.destination, Category::Unknown, ChecksumType::Crc8);
    serialize(&device, &mut packet).unwrap();
    packet.as_slice().to_vec()
}

proptest! {
    #[test]
    fn both_libraries_write_and_read_the_same_frame(
        destination in 2u8..=255,
        code in any::<u8>(),
        data in proptest::collection::vec(any::<u8>(), 0..=240),
    ) {
        let Ok(header) = Header::try_from(code) else {
            return Ok(());
        };
        let frame = Frame { destination, source: HOST, header: code, data };

        let ours = frame.encode();

        prop_assert_eq!(&ours, &foreign(&frame, header));
        prop_assert_eq!(Frame::decode(&ours), Ok(frame));
        let source = deserialize(&mut Packet::new(ours), ChecksumType::Crc8);
        prop_assert_eq!(source, Ok(HOST));
    }
}
