// The classes of the driver's own copy of bson: it loads one as CommonJS, and an import would load another beside it.
import mongoose from 'mongoose';

export const { Binary, Decimal128, Double, EJSON, Int32, Long, ObjectId, Timestamp, UUID } =
  mongoose.mongo.BSON;
