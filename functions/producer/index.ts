/** The way into the stream for programs that send images (docs/messages.md). */
export { ImageFaults, type ImageToSend } from "./image-to-send";
export { type MakeTopicProps, makeTopic } from "./make-topic";
export { createProducer, ImageNotSent, type ImageProducer, type Sent } from "./producer";
export { ProducerFaults, type ProducerProps } from "./props";
