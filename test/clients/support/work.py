"""The session of work of work.ts, by PyMongo: python work.py ADDRESS; prints what each step answered."""
import sys

from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.json_util import CANONICAL_JSON_OPTIONS, dumps
from pymongo import DeleteOne, InsertOne, MongoClient, ReplaceOne, ReturnDocument, UpdateMany
from pymongo.errors import PyMongoError

client = MongoClient(sys.argv[1])
db = client.get_default_database()
people, certificates = db.people, db.certificates
steps = {}


def code_of(work):
    try:
        work()
    except PyMongoError as error:
        return error.code
    return None


steps["collections"] = sorted(db.list_collection_names())
steps["found"] = list(
    people.find({"areaId": "donghu", "hours": {"$gt": 20}}, {"name": 1, "hours": 1, "enrolledAt": 1})
    .sort([("hours", -1), ("_id", 1)])
    .batch_size(50)
)
steps["byArea"] = list(
    people.aggregate(
        [
            {
                "$group": {
                    "_id": "$areaId",
                    "hours": {"$sum": "$hours"},
                    "score": {"$avg": "$score"},
                    "people": {"$sum": 1},
                }
            },
            {"$sort": {"_id": 1}},
        ]
    )
)
steps["joined"] = list(
    certificates.aggregate(
        [
            {"$match": {"number": {"$lte": "S000000000009"}}},
            {"$lookup": {"from": "people", "localField": "personId", "foreignField": "_id", "as": "holder"}},
            {"$unwind": "$holder"},
            {
                "$project": {
                    "_id": 0,
                    "number": 1,
                    "fee": 1,
                    "flow": 1,
                    "holder": "$holder.name",
                    "no": "$holder.address.floors",
                }
            },
            {"$sort": {"number": 1}},
        ],
        batchSize=3,
    )
)
inserted = people.insert_many(
    [
        {"_id": 9001, "name": "新学员", "hours": 1, "tags": ["new"]},
        {"_id": 9002, "name": "新学员二", "hours": 2, "tags": [], "score": Decimal128("1.10")},
        {"_id": 9003, "name": "新学员三", "hours": 3, "tags": [], "flow": Int64(9007199254740995)},
    ]
)
steps["inserted"] = len(inserted.inserted_ids)
updated = people.update_many(
    {"areaId": "nangang", "tags": "farmer"},
    {"$inc": {"hours": 5}, "$push": {"tags": "seen"}, "$set": {"address.checked": True}},
)
steps["updated"] = [updated.matched_count, updated.modified_count]
steps["upserted"] = people.update_one({"_id": 9100}, {"$set": {"hours": 9}}, upsert=True).upserted_id
steps["duplicate"] = code_of(lambda: certificates.insert_one({"number": "S000000000001"}))
people.create_index([("name", 1), ("_id", -1)], name="byName", unique=True)
people.drop_index("tags_1")
steps["indexes"] = sorted(people.index_information())
steps["counted"] = [people.count_documents({"hours": {"$gte": 100}}), people.estimated_document_count()]
steps["different"] = sorted(people.distinct("tags"))
steps["modified"] = people.find_one_and_update(
    {"_id": 9001},
    {"$set": {"hours": 40}, "$addToSet": {"tags": "old"}},
    return_document=ReturnDocument.AFTER,
)


def both(session):
    people.update_one({"_id": 1}, {"$set": {"hours": 1000}}, session=session)
    people.insert_one({"_id": 9200, "hours": 1, "tags": []}, session=session)


with client.start_session() as session:
    session.with_transaction(both)
    session.start_transaction()
    people.delete_many({}, session=session)
    session.abort_transaction()
steps["afterTransactions"] = [people.count_documents({}), people.find_one({"_id": 1}, {"hours": 1})["hours"]]
bulk = people.bulk_write(
    [
        InsertOne({"_id": 9300, "hours": 0, "tags": []}),
        UpdateMany({"hours": {"$lt": 10}}, {"$set": {"short": True}}),
        ReplaceOne({"_id": 9002}, {"hours": 7, "tags": ["replaced"]}),
        DeleteOne({"_id": 9003}),
    ]
)
steps["bulk"] = [bulk.inserted_count, bulk.modified_count, bulk.deleted_count]
steps["deleted"] = people.delete_many({"areaId": "beicheng", "hours": {"$gt": 110}}).deleted_count
db.empty.drop()
steps["refused"] = code_of(lambda: list(people.find({}).collation({"locale": "zh"})))
print(dumps(steps, json_options=CANONICAL_JSON_OPTIONS))
