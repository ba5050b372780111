package dev.grapevine.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A record compares its components with equals, which an array does not have. */
final class RecordsWithoutByteArrays extends ArchCondition<JavaClass> {
    RecordsWithoutByteArrays() {
        super("hold bytes as ByteString");
    }

    @Override
    public void check(JavaClass record, ConditionEvents events) {
        record.getFields().stream()
                .filter(field -> field.getRawType().isEquivalentTo(byte[].class))
                .map(field -> SimpleConditionEvent.violated(field, field.getFullName() + " is a byte[]"))
                .forEach(events::add);
    }
}
