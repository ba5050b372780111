package dev.grapevine.interop.lab;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a scenario where there is no Fabric. */
final class LabCondition implements ExecutionCondition {
    static final String MISSING = "needs real Fabric programs: give -Dfabric.lab=DIR (with the script lab) and"
            + " -Dfabric.bin=DIR (with peer, orderer and so on); see docs/interop.md";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return FabricPrograms.given().isPresent()
                ? ConditionEvaluationResult.enabled("a lab is given")
                : ConditionEvaluationResult.disabled(MISSING);
    }
}
